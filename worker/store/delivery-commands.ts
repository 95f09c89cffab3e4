import { REVIEW } from './reserved-values.ts';

// SQL of the commands that a person gives, with named parameters such as `:id` and `:now` that `fillSql` fills in.

/** What has not arrived: first what waits for a person after a restore, then undelivered, waiting and dead ones, oldest first; without letters that wait for their day. */
export const LIST_SQL = `
  select deliveries.id, iif(after_id = '${REVIEW}', '${REVIEW}', deliveries.status) as status, channel, deliveries.kind,
    coalesce(bookings.code, messages.code, plans.code, deliveries.subject_id) as code,
    deliveries.version, attempts, next_attempt_at, last_result
  from deliveries left join bookings on bookings.id = deliveries.subject_id left join messages on messages.id = deliveries.subject_id
    left join plans on plans.id = deliveries.subject_id
  where deliveries.status in ('waiting', 'due', 'sending', 'dead')
    and not (channel = 'letter' and deliveries.status = 'due' and attempts = 0)
  order by after_id is '${REVIEW}' desc, deliveries.created_at limit 200`;

/** The channels that are stopped or failing. */
export const CHANNELS_SQL = `
  select name, stopped_at, failing_since from channels
  where stopped_at is not null or failing_since is not null`;

/** Every delivery of a booking, message or plan, delivered ones too, newest first. */
export const FIND_SQL = `
  select deliveries.id, iif(after_id = '${REVIEW}', '${REVIEW}', deliveries.status) as status, channel, deliveries.kind,
    :code as code, deliveries.version, attempts, next_attempt_at, last_result
  from deliveries
  where subject_id in (select id from bookings where code = :code union all select id from messages where code = :code
    union all select id from plans where code = :code)
  order by deliveries.created_at desc limit 200`;

/** One delivery with all columns, and its row in the record of disclosures. */
export const SHOW_SQL = `
  select deliveries.*, coalesce(bookings.code, messages.code, plans.code) as code, disclosures.fields, disclosures.result, disclosures.at
  from deliveries left join bookings on bookings.id = deliveries.subject_id left join messages on messages.id = deliveries.subject_id
    left join plans on plans.id = deliveries.subject_id
    left join disclosures on disclosures.id = deliveries.id
  where deliveries.id = :id`;

/**
 * Makes a delivery due now under its old id, with its attempts counted anew. Not while an attempt is under way. Not where a
 * newer one of the same record and channel exists either: an older version must never follow a newer one.
 */
export const REPLAY_SQL = `
  update deliveries set status = 'due', attempts = min(attempts, 1), next_attempt_at = :now, lease_ends_at = null,
    settled_at = null, last_result = 'replayed'
  where id = :id and status in ('due', 'delivered', 'dead') and not exists (
    select 1 from deliveries newer where newer.subject_id = deliveries.subject_id and newer.channel = deliveries.channel
      and newer.version > deliveries.version and newer.status not in ('waiting', 'superseded')
  )
  returning id`;

/** The jobs that dispatch has to know now: confirmed ones, and where it hears of requests (`:early` is 1) those too. */
const LIVE_JOBS = `erased_at is null and (state = 'confirmed' or (state = 'requested' and :early = '1'))`;

const WAITS_FOR_DISPATCH = `exists (select 1 from deliveries waiting where waiting.subject_id = bookings.id
  and waiting.channel = 'dispatch' and waiting.status in ('waiting', 'due', 'sending'))`;

/** A random id. */
export const NEW_ID = `lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' ||
  substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))`;

/**
 * Sends every live job to dispatch again, in the order of the visits a millisecond apart, each with a higher version and an event of its own. A job of
 * which something still waits to be sent is left out, that carries it: so a second time in a row writes nothing new. What was
 * tried before is due now. The event's id is the newest of its booking, by which the delivery finds it.
 */
export const RESYNC_SQL = [
  `update deliveries set next_attempt_at = :now where channel = 'dispatch' and status = 'due' and attempts > 0
     and (lease_ends_at is null or lease_ends_at <= :now)`,
  `update bookings set version = version + 1, last_event_id = ${NEW_ID} where ${LIVE_JOBS} and not ${WAITS_FOR_DISPATCH}`,
  `insert into events (id, subject_id, type, actor, state, version, at)
   select last_event_id, id, 'resync', 'system', state, version, :now from bookings
   where ${LIVE_JOBS} and not exists (select 1 from events where subject_id = bookings.id and events.id = last_event_id)`,
  `insert into deliveries (id, subject_kind, subject_id, channel, kind, version, status, attempts, next_attempt_at, created_at)
   select ${NEW_ID}, 'booking', bookings.id, 'dispatch', iif(bookings.state = 'confirmed', 'job.confirmed', 'job.requested'),
     bookings.version, 'due', 0, strftime('%Y-%m-%dT%H:%M:%fZ', :now,
       '+' || (row_number() over (order by visit_starts_at, bookings.created_at) / 1000.0) || ' seconds'), :now
   from bookings join events on events.subject_id = bookings.id and events.id = last_event_id and events.type = 'resync'
   where ${LIVE_JOBS.replaceAll('state', 'bookings.state')} and not ${WAITS_FOR_DISPATCH} and events.at = :now
   returning id`,
].join(';\n');

/** Marks a dead letter `superseded`: a person passed it on another way, or nobody needs it any more. */
export const CLOSE_SQL = `
  update deliveries set status = 'superseded', settled_at = :now, last_result = 'closed-by-hand'
  where id = :id and status = 'dead' returning id`;

/** Resumes a stopped channel and makes due now what was tried before; what was never tried keeps its time. */
export const RESUME_SQL = [
  `update deliveries set next_attempt_at = :now where channel = :channel and status = 'due' and attempts > 0
     and exists (select 1 from channels where name = :channel and stopped_at is not null)`,
  'update channels set stopped_at = null, failing_since = null where name = :channel returning name',
].join(';\n');

/** Fills the named parameters of a command with quoted texts; throws where one is missing or has an unexpected character. */
export function fillSql(sql: string, texts: Readonly<Record<string, string>>): string {
  return sql.replace(/:(id|code|now|channel|early|end|ms|rows)\b/g, (_, name: string) => {
    const text = texts[name];
    if (text === undefined || !/^[\w:.-]+$/.test(text)) throw new Error(`No usable ${name}`);
    return `'${text}'`;
  });
}
