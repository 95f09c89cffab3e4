-- The record that this one asks for again; emptied when either of the two is erased.
alter table bookings add column previous text;

create index bookings_by_previous on bookings (previous) where previous is not null;
