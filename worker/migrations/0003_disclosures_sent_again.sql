-- How often a disclosure was sent, and when first (empty: at `at`, the only time known of it).
alter table disclosures add column sends integer not null default 1;
alter table disclosures add column first_at text;
