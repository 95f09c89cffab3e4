-- forbids going back: the older code knows no channel `staff-push`.
-- Phones of staff that are told of requests, changes and outages. The name, the endpoint and its keys lie in `sealed`.
create table push_phones (
  id text primary key,
  -- Keyed hash of the endpoint: a phone that is added again renews its row.
  endpoint_hash text not null unique,
  sealed blob not null,
  created_at text not null,
  seen_at text not null,
  -- The delivery that it has received while other phones are tried again.
  last_delivery_id text
) strict;

-- The list of channels is a check of its column, so the column is made anew. Whatever else the table has stays as it is.
drop index deliveries_by_subject;
drop index deliveries_to_staff;
drop index deliveries_for_list;

alter table deliveries add column next_channel text not null default 'dispatch' check (
  next_channel in ('dispatch', 'staff-email', 'customer-email', 'staff-push')
);
update deliveries set next_channel = channel;
alter table deliveries drop column channel;
alter table deliveries rename column next_channel to channel;

create index deliveries_by_subject on deliveries (subject_id, channel, version);
create index deliveries_to_staff on deliveries (created_at)
  where channel = 'staff-email' and subject_kind <> 'system' and after_id is null;
create index deliveries_for_list on deliveries (after_id) where after_id is not null and channel = 'staff-email';
