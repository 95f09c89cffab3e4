create index messages_by_phone on messages (phone_hash) where phone_hash is not null;
