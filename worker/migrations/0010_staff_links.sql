-- A number for each kind of links that can be closed together. It is signed into each link; raising it closes all older ones.
create table link_epochs (
  kind text primary key,
  epoch integer not null
) strict, without rowid;

-- How many codes staff have typed on a message's page to open another record's data.
alter table messages add column codes_typed integer not null default 0;
