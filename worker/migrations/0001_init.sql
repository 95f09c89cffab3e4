-- Times are UTC ISO 8601 with milliseconds, dates YYYY-MM-DD in Vietnam. Personal data lies in `sealed` only.

create table bookings (
  id text primary key,
  code text not null unique,
  state text not null check (
    state in ('held', 'requested', 'confirmed', 'completed', 'declined', 'lapsed', 'cancelled', 'dropped')
  ),
  state_at text not null,
  version integer not null check (version >= 1),
  -- The event row of the newest change: later statements of the same batch hang on it.
  last_event_id text not null,
  service text not null,
  quantity real,
  ward text not null,
  visit_date text not null,
  arrival_window text not null,
  visit_starts_at text not null,
  visit_ends_at text not null,
  origin text not null check (origin in ('web', 'phone')),
  hold_reason text,
  -- AES-256-GCM over the contact details; empty after erasure.
  sealed blob not null,
  key_ends_at text not null,
  erased_at text,
  intent text,
  -- Keyed hashes, emptied 48 hours after creation.
  content_hash text,
  phone_hash text,
  created_at text not null
) strict;

create index bookings_by_visit on bookings (visit_date, state);
create index bookings_by_state on bookings (state, state_at);
create index bookings_by_content on bookings (content_hash) where content_hash is not null;
create index bookings_by_phone on bookings (phone_hash) where phone_hash is not null;
create index bookings_by_intent on bookings (intent) where intent is not null;
create index bookings_by_key_end on bookings (key_ends_at);

-- One row is one crew in one arrival window; `n` is the lowest free number, 0 when there is none.
create table seats (
  visit_date text not null,
  arrival_window text not null,
  n integer not null,
  booking_id text not null,
  primary key (visit_date, arrival_window, n),
  constraint window_full check (n > 0)
) strict, without rowid;

create index seats_by_booking on seats (booking_id);

create table window_locks (
  visit_date text not null,
  arrival_window text not null,
  locked_at text not null,
  primary key (visit_date, arrival_window)
) strict, without rowid;

create table messages (
  id text primary key,
  code text not null unique,
  state text not null check (state in ('held', 'open', 'answered', 'closed', 'dropped')),
  state_at text not null,
  version integer not null check (version >= 1),
  last_event_id text not null,
  kind text not null check (kind in ('question', 'quote', 'complaint', 'privacy')),
  booking_code text,
  -- The day by which the law or the company's promise wants an answer, YYYY-MM-DD.
  due_on text not null,
  hold_reason text,
  sealed blob not null,
  key_ends_at text not null,
  erased_at text,
  intent text,
  content_hash text,
  phone_hash text,
  created_at text not null
) strict;

create index messages_by_state on messages (state, due_on);
create index messages_by_content on messages (content_hash) where content_hash is not null;
create index messages_by_intent on messages (intent) where intent is not null;
create index messages_by_key_end on messages (key_ends_at);

-- Consent receipts: who agreed is a record's id, never a person's data.
create table receipts (
  id text not null,
  subject_id text not null,
  purpose text not null,
  policy text not null,
  policy_version integer not null,
  policy_sha256 text not null,
  -- Whether the form named the version (1) or the current one was taken (0).
  policy_named integer not null check (policy_named in (0, 1)),
  wording text not null,
  given_at text not null,
  withdrawn_at text,
  primary key (subject_id, id)
) strict, without rowid;

create table events (
  id text not null,
  subject_id text not null,
  type text not null,
  actor text not null check (actor in ('customer', 'staff', 'company', 'system')),
  state text not null,
  version integer not null,
  reason text,
  at text not null,
  primary key (subject_id, version, id)
) strict, without rowid;

-- The outbox and its clock: one row per outgoing message.
create table deliveries (
  id text primary key,
  subject_kind text not null check (subject_kind in ('booking', 'message', 'system')),
  subject_id text not null,
  channel text not null check (channel in ('dispatch', 'staff-email', 'customer-email')),
  kind text not null,
  version integer not null,
  status text not null check (status in ('waiting', 'due', 'sending', 'delivered', 'dead', 'superseded')),
  -- The delivery that must be settled first; set on `waiting` rows.
  after_id text,
  attempts integer not null,
  next_attempt_at text not null,
  lease_ends_at text,
  last_attempt_at text,
  last_result text,
  -- Makes a mail of the clock (digest, nudge) happen once.
  dedupe_key text,
  created_at text not null,
  settled_at text
) strict, without rowid;

create index deliveries_by_status on deliveries (status, next_attempt_at);
create index deliveries_by_subject on deliveries (subject_id, channel, version);
create unique index deliveries_once on deliveries (dedupe_key) where dedupe_key is not null;
create index deliveries_of_system on deliveries (settled_at) where subject_kind = 'system';

-- Whether a channel is stopped (410) or failing; a success after a failure revives what waits.
create table channels (
  name text primary key,
  stopped_at text,
  failing_since text
) strict;

-- The ledger: one row per disclosure and one per opening of details by staff.
create table disclosures (
  id text primary key,
  subject_id text not null,
  recipient text not null,
  kind text not null,
  -- JSON array of field names, never values.
  fields text not null,
  result text not null,
  at text not null
) strict, without rowid;

create index disclosures_by_subject on disclosures (subject_id, at);

-- Requests about personal data with their legal clocks.
create table rights_requests (
  id text primary key,
  subject_id text not null,
  kind text not null check (kind in ('see', 'correct', 'withdraw', 'erase')),
  state text not null check (state in ('open', 'done')),
  first_reply_due text not null,
  due_on text not null,
  created_at text not null,
  replied_at text,
  done_at text
) strict;

create index rights_requests_by_subject on rights_requests (subject_id);
create index rights_requests_open on rights_requests (due_on) where state = 'open';

-- Wrong tries of code and digits, and requests for a fresh staff link, by hour; no address, no identifier.
create table tries (
  name text not null,
  hour text not null,
  count integer not null,
  primary key (name, hour)
) strict, without rowid;

create table visits (
  day text not null,
  path text not null,
  count integer not null,
  primary key (day, path)
) strict, without rowid;

-- What the clock last did, by task: `ran_for` is the slot it ran for, `result` counts as JSON.
create table task_runs (
  task text primary key,
  ran_for text not null,
  ran_at text not null,
  result text not null
) strict;
