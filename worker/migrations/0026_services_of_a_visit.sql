-- The second and third service of a visit, JSON [{ "id", "quantity" }] in the order of the catalogue; the first stands in
-- `service` and `quantity`, the answers of all in `answers`. Emptied with the details.
alter table bookings add column further_services text;

-- Whether the crew comes to work, or to look and quote: it says how many windows the visit takes.
alter table bookings add column visit text not null default 'work' check (visit in ('work', 'survey'));
