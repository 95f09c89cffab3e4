-- forbids going back: the older code knows no origin `plan`.
-- A plan is a rhythm of visits for one person; each visit is a booking. `service` … `answers` are as in `bookings`.
create table plans (
  id text primary key,
  code text not null unique,
  state text not null check (state in ('held', 'requested', 'active', 'paused', 'ended')),
  state_at text not null,
  version integer not null check (version >= 1),
  last_event_id text not null,
  rhythm text not null check (rhythm in ('weekly', 'two-weeks', 'four-weeks')),
  -- The first day of the rhythm; the others lie whole rhythms after it.
  anchor_date text not null,
  arrival_window text not null,
  service text not null,
  quantity real,
  further_services text,
  answers text,
  ward text not null,
  -- While the plan is paused there is no visit before this day.
  paused_until text,
  -- Rises with each change that all further visits take over; `slot_terms` is what it was when rhythm, day or window changed last.
  terms integer not null,
  slot_terms integer not null,
  -- Days of the rhythm before this one have their visit, or a row in `plan_open_dates`.
  next_date text not null,
  -- 1 while visits still have to follow a change of the plan.
  unsettled integer not null check (unsettled in (0, 1)),
  sealed blob not null,
  key_ends_at text not null,
  erased_at text,
  created_at text not null
) strict;

create index plans_by_next_date on plans (next_date) where state in ('active', 'paused');
create index plans_unsettled on plans (state_at) where unsettled = 1;
create index plans_by_key_end on plans (key_ends_at);

-- Days of a plan for which no visit could be made in its window: somebody chooses another window, or lets the day go (`settled_at`).
create table plan_open_dates (
  subject_id text not null,
  rhythm_date text not null,
  reason text not null check (reason in ('full', 'locked', 'closed', 'late', 'erased')),
  found_at text not null,
  settled_at text,
  primary key (subject_id, rhythm_date)
) strict, without rowid;

-- The list of origins is a check of its column, so the column is made anew.
alter table bookings add column next_origin text not null default 'web' check (next_origin in ('web', 'phone', 'plan'));
update bookings set next_origin = origin;
alter table bookings drop column origin;
alter table bookings rename column next_origin to origin;

-- The plan of a visit, the day of its rhythm that it stands for (null where the plan took it back), and the terms that it follows.
alter table bookings add column plan_id text;
alter table bookings add column rhythm_date text;
alter table bookings add column plan_terms integer;
create unique index bookings_by_plan on bookings (plan_id, rhythm_date) where plan_id is not null;
