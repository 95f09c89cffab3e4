-- By what the limits of one sender count: keyed hashes of the e-mail address, and of the network by the key of the day.
-- A network's hash is emptied when its Vietnamese day is over. As all of this table, both stay out of backups.
alter table repeats add column email_hash text;
alter table repeats add column network_hash text;

create index repeats_by_email on repeats (email_hash, created_at) where email_hash is not null;
create index repeats_by_network on repeats (network_hash) where network_hash is not null;

-- Mails to staff about single records, by which the limit of an hour counts, and those that wait for the hour's list.
create index deliveries_to_staff on deliveries (created_at)
  where channel = 'staff-email' and subject_kind <> 'system' and after_id is null;
create index deliveries_for_list on deliveries (after_id) where after_id is not null and channel = 'staff-email';
