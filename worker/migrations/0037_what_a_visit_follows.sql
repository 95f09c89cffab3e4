-- What `terms` was when a plan's services, and its contact details, changed last; `slot_terms` says the same of its days. So a
-- visit takes over from its plan only what the plan has changed since.
alter table plans add column service_terms integer not null default 1;
alter table plans add column detail_terms integer not null default 1;
update plans set service_terms = terms, detail_terms = terms;
-- A plan that waits may have been put right together with its first visit, which did not note it: that takes it over once more.
update plans set unsettled = 1 where state in ('held', 'requested') and terms > 1;

-- When the visits of a plan could last not be made or changed; null where they could. Such a plan is tried after the others.
alter table plans add column failed_at text;
