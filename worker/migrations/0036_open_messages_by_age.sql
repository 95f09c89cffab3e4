-- The limit of an hour counts the open messages of that hour; by state alone it walked every open one.
create index messages_by_age on messages (state, created_at);
