-- The clock asks for the visits of a state up to a day: in this order it reads those only, not all that ever were.
drop index bookings_by_visit;
create index bookings_by_state_and_visit on bookings (state, visit_date);

-- Each minute the clock asks what was erased lately; a record that is kept has no entry.
create index bookings_by_erasure on bookings (erased_at) where erased_at is not null;
create index messages_by_erasure on messages (erased_at) where erased_at is not null;

-- What has ended and was not erased, and what is kept, counted without reading the records themselves.
drop index bookings_by_key_end;
drop index messages_by_key_end;
create index bookings_by_key_end on bookings (key_ends_at, created_at) where erased_at is null;
create index messages_by_key_end on messages (key_ends_at, created_at) where erased_at is null;
