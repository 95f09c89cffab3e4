-- forbids going back: the older code knows no state `no-show`.
-- A visit where the customer was not there, and the time at which staff call again whom they could not reach.
-- The list of states is a check of its column, so the column is made anew. Whatever else the table has stays as it is.
drop index bookings_by_state;
drop index bookings_by_state_and_visit;

alter table bookings add column next_state text not null default 'requested' check (
  next_state in ('held', 'requested', 'confirmed', 'completed', 'no-show', 'declined', 'lapsed', 'cancelled', 'dropped')
);
update bookings set next_state = state;
alter table bookings drop column state;
alter table bookings rename column next_state to state;

create index bookings_by_state on bookings (state, state_at);
create index bookings_by_state_and_visit on bookings (state, visit_date);

alter table bookings add column call_again_at text;
