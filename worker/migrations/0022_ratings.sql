-- What a customer said of a finished visit, `at` for the first time. Their words are sealed with the record's details.
create table ratings (
  subject_id text primary key,
  rating text not null check (rating in ('good', 'fair', 'poor')),
  at text not null
) strict, without rowid;

-- How many there are of each, so that a page need not count them.
create table rating_totals (
  rating text primary key check (rating in ('good', 'fair', 'poor')),
  count integer not null
) strict, without rowid;
