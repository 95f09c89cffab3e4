-- Each minute what was emptied lately is looked for among all records, of which the subscribers had no index.
create index subscribers_by_erasure on subscribers (erased_at) where erased_at is not null;
