-- A keyed hash of the phone number's bucket, one of about 10,000, by which staff find a caller's bookings. It is emptied with the
-- details. Bookings from before have none: they are found by code and by name.
alter table bookings add column phone_bucket text;
create index bookings_by_bucket on bookings (phone_bucket) where phone_bucket is not null;
