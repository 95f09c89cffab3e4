/** SQL of the commands that a person gives, with named places `:id` and `:now` for texts already checked. */
import { REVIEW } from './sending.ts';

/** What has not arrived: first what waits for a person after a restore, then undelivered, waiting and dead ones, oldest first. */
export const LIST_SQL = `
  select deliveries.id, iif(after_id = '${REVIEW}', '${REVIEW}', deliveries.status) as status, channel, deliveries.kind,
    coalesce(bookings.code, messages.code, deliveries.subject_id) as code,
    deliveries.version, attempts, next_attempt_at, last_result
  from deliveries left join bookings on bookings.id = deliveries.subject_id left join messages on messages.id = deliveries.subject_id
  where deliveries.status in ('waiting', 'due', 'sending', 'dead')
  order by after_id is '${REVIEW}' desc, deliveries.created_at limit 200`;

/** The channels that are stopped or failing. */
export const CHANNELS_SQL = `
  select name, stopped_at, failing_since from channels
  where stopped_at is not null or failing_since is not null`;

/** One delivery with all columns, and what the ledger says of it. */
export const SHOW_SQL = `
  select deliveries.*, coalesce(bookings.code, messages.code) as code, disclosures.fields, disclosures.result, disclosures.at
  from deliveries left join bookings on bookings.id = deliveries.subject_id left join messages on messages.id = deliveries.subject_id
    left join disclosures on disclosures.id = deliveries.id
  where deliveries.id = :id`;

/**
 * Makes a delivery due now with a fresh clock, under its old id; not while an attempt is under way, and not where a newer
 * one of the same record and channel exists: an older version must never follow a newer one.
 */
export const REPLAY_SQL = `
  update deliveries set status = 'due', attempts = min(attempts, 1), next_attempt_at = :now, lease_ends_at = null,
    settled_at = null, last_result = 'replayed'
  where id = :id and status in ('due', 'delivered', 'dead') and not exists (
    select 1 from deliveries newer where newer.subject_id = deliveries.subject_id and newer.channel = deliveries.channel
      and newer.version > deliveries.version and newer.status not in ('waiting', 'superseded')
  )
  returning id`;

/** Closes a dead letter that need not arrive any more: a person has told it another way, or nobody needs to know. */
export const CLOSE_SQL = `
  update deliveries set status = 'superseded', settled_at = :now, last_result = 'closed-by-hand'
  where id = :id and status = 'dead' returning id`;

/** Opens a stopped channel again and makes what it kept back due now; what is due later by itself keeps its time. */
export const RESUME_SQL = [
  `update deliveries set next_attempt_at = :now where channel = :channel and status = 'due' and attempts > 0
     and exists (select 1 from channels where name = :channel and stopped_at is not null)`,
  'update channels set stopped_at = null, failing_since = null where name = :channel returning name',
].join(';\n');

/** Puts checked texts into the named places of a command. */
export function fillSql(sql: string, texts: Readonly<Record<string, string>>): string {
  return sql.replace(/:(id|now|channel|end|ms|rows)\b/g, (_, name: string) => {
    const text = texts[name];
    if (text === undefined || !/^[\w:.-]+$/.test(text)) throw new Error(`No usable ${name}`);
    return `'${text}'`;
  });
}
