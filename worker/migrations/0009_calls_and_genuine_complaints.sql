-- A request of someone who typed code and phone number: staff call the number and then carry it out, or refuse it.
alter table rights_requests add column needs_call integer not null default 0 check (needs_call in (0, 1));
alter table rights_requests add column refused integer not null default 0 check (refused in (0, 1));

-- 1 where a complaint was sent from the customer's own page, or staff have marked it genuine: only such a one delays an erasure.
alter table messages add column genuine integer check (genuine = 1);

-- Counts of tries by day and for a record's whole life stand beside those by hour: `hour` also holds a day, or `always`.
create index tries_always on tries (count) where hour = 'always';
