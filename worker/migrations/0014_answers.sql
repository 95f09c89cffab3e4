-- Answers to the questions about the service, JSON by service and question: choices and numbers, nothing personal. Emptied with
-- the details.
alter table bookings add column answers text;
