-- forbids going back: the older code knows no delivery about a plan.
-- The list of subjects is a check of its column, so the column is made anew.
drop index deliveries_to_staff;
drop index deliveries_of_system;

alter table deliveries add column next_kind text not null default 'booking' check (
  next_kind in ('booking', 'message', 'plan', 'system', 'subscriber')
);
update deliveries set next_kind = subject_kind;
alter table deliveries drop column subject_kind;
alter table deliveries rename column next_kind to subject_kind;

create index deliveries_to_staff on deliveries (created_at)
  where channel = 'staff-email' and subject_kind <> 'system' and after_id is null;
create index deliveries_of_system on deliveries (settled_at) where subject_kind = 'system';
