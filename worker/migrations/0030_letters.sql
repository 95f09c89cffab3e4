-- forbids going back: the older code knows no channel `letter` and no subject `subscriber`.
-- Who gets the company's letters. The e-mail address lies in `sealed`, under a data key of its own.
create table subscribers (
  id text primary key,
  -- Whether the address was confirmed by a press; an emptied row says what it was before.
  state text not null check (state in ('asked', 'subscribed')),
  -- Keyed hash of the address, so that one address has one row and gets one confirmation in seven days.
  address_hash text unique,
  sealed blob not null,
  -- The confirmation asked for last: later statements of its batch hang on it.
  last_ask_id text not null,
  asked_at text not null,
  key_ends_at text not null,
  erased_at text,
  created_at text not null,
  confirmed_at text
) strict;

create index subscribers_by_key_end on subscribers (key_ends_at);

-- The letters that were sent, as every subscriber got them.
create table letters (
  slug text primary key,
  title text not null,
  html text not null,
  plain text not null,
  sent_at text not null
) strict;

-- The lists of channels and subjects are checks of their columns, so the columns are made anew.
drop index deliveries_by_subject;
drop index deliveries_to_staff;
drop index deliveries_for_list;
drop index deliveries_of_system;

alter table deliveries add column next_channel text not null default 'dispatch' check (
  next_channel in ('dispatch', 'staff-email', 'customer-email', 'staff-push', 'letter')
);
alter table deliveries add column next_kind text not null default 'booking' check (
  next_kind in ('booking', 'message', 'system', 'subscriber')
);
update deliveries set next_channel = channel, next_kind = subject_kind;
alter table deliveries drop column channel;
alter table deliveries drop column subject_kind;
alter table deliveries rename column next_channel to channel;
alter table deliveries rename column next_kind to subject_kind;

create index deliveries_by_subject on deliveries (subject_id, channel, version);
create index deliveries_to_staff on deliveries (created_at)
  where channel = 'staff-email' and subject_kind <> 'system' and after_id is null;
create index deliveries_for_list on deliveries (after_id) where after_id is not null and channel = 'staff-email';
create index deliveries_of_system on deliveries (settled_at) where subject_kind = 'system';
create index deliveries_of_letters on deliveries (last_attempt_at) where channel = 'letter';
