-- Failures on pages whose address holds a token, where nothing may be written to the console: cron writes them there.
create table page_failures (
  event text not null,
  class text not null,
  count integer not null,
  first_at text not null,
  last_at text not null,
  primary key (event, class)
) strict, without rowid;
