-- forbids going back: the older code knows no actor `crew`.
-- Which crews do not work on a day, the seats that staff set for a day (window '') or a window, and the crew of a job.
create table crews_off (
  visit_date text not null,
  crew text not null,
  primary key (visit_date, crew)
) strict, without rowid;

create table seat_limits (
  visit_date text not null,
  arrival_window text not null,
  seats integer not null check (seats between 0 and 50),
  primary key (visit_date, arrival_window)
) strict, without rowid;

alter table bookings add column crew text;

-- The list of actors is a check of its column, so the column is made anew.
alter table events add column next_actor text not null default 'system' check (
  next_actor in ('customer', 'staff', 'company', 'crew', 'system')
);
update events set next_actor = actor;
alter table events drop column actor;
alter table events rename column next_actor to actor;
