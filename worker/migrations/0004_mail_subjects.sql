-- The subject that the first attempt of an undelivered mail had: code, service, ward, day and window, nothing of the person.
alter table deliveries add column mail_subject text;
