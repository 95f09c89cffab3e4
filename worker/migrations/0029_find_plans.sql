-- What each minute looks for among plans (pauses that are over, plans kept aside or erased) must not read every plan.
create index plans_paused on plans (paused_until) where state = 'paused';
create index plans_held on plans (state_at) where state = 'held';
create index plans_by_erasure on plans (erased_at) where erased_at is not null;
create index plan_open_dates_by_day on plan_open_dates (rhythm_date) where settled_at is null;
