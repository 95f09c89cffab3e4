-- What tells that a request was sent before: the intent of its form view, and keyed hashes of its content and of the
-- phone number's bucket. They stand apart from the records, so that a copy of the database can leave the table out whole.
-- A row goes 48 hours after it was written, and with the erasure of its record.
create table repeats (
  subject_id text primary key,
  intent text,
  content_hash text not null,
  phone_hash text,
  created_at text not null
) strict, without rowid;

create index repeats_by_intent on repeats (intent) where intent is not null;
create index repeats_by_content on repeats (content_hash, created_at);
create index repeats_by_phone on repeats (phone_hash, created_at) where phone_hash is not null;
create index repeats_by_age on repeats (created_at);

insert into repeats
select id, intent, content_hash, phone_hash, created_at from bookings where content_hash is not null
union all
select id, intent, content_hash, phone_hash, created_at from messages where content_hash is not null;

drop index bookings_by_intent;
drop index bookings_by_content;
drop index bookings_by_phone;
alter table bookings drop column intent;
alter table bookings drop column content_hash;
alter table bookings drop column phone_hash;

drop index messages_by_intent;
drop index messages_by_content;
drop index messages_by_phone;
alter table messages drop column intent;
alter table messages drop column content_hash;
alter table messages drop column phone_hash;
