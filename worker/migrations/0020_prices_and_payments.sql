-- Prices that staff told a customer, counted up a record; whole đồng. What a price covers is sealed with the record's details.
create table prices (
  subject_id text not null,
  version integer not null check (version >= 1),
  amount_vnd integer not null check (amount_vnd between 1000 and 1000000000),
  at text not null,
  agreed_by text check (agreed_by in ('customer', 'phone')),
  agreed_at text,
  primary key (subject_id, version)
) strict, without rowid;

-- Money that staff noted, counted up a record; one that was undone stays and counts for nothing.
create table payments (
  subject_id text not null,
  n integer not null check (n >= 1),
  amount_vnd integer not null check (amount_vnd between 1000 and 1000000000),
  method text not null check (method in ('cash', 'transfer')),
  at text not null,
  undone_at text,
  primary key (subject_id, n)
) strict, without rowid;

-- The company's own account as wrangler.toml named it, newest last: staff get mail where it changes.
create table bank_accounts (
  n integer primary key,
  bin text not null,
  account text not null,
  name text not null,
  since text not null
) strict;
