import * as v from 'valibot';
import { type Channel, channels } from './deliveries.ts';
import { instant, readRow, readRows } from './rows.ts';
import { EVERY_CHANNEL, FIRST_ADDRESS } from './reserved-values.ts';

const ChannelRowSchema = v.pipe(
  v.object({
    name: v.picklist(channels),
    stopped_at: v.nullable(instant),
    failing_since: v.nullable(instant),
  }),
  v.transform((row) => ({
    name: row.name,
    stoppedAt: row.stopped_at,
    failingSince: row.failing_since,
  })),
);

/** A channel: since when it is stopped until a person resumes it, and since when it fails; null where it is not. */
export type ChannelState = v.InferOutput<typeof ChannelRowSchema>;

/** Marks a channel as failing; the first failure keeps its time. */
export function markFailing(db: D1Database, channel: Channel, now: Date): D1PreparedStatement {
  return markRowFailing(db, channel, now);
}

function markRowFailing(db: D1Database, name: string, now: Date): D1PreparedStatement {
  return db
    .prepare(
      `insert into channels (name, failing_since) values (?1, ?2)
       on conflict (name) do update set failing_since = coalesce(failing_since, excluded.failing_since)`,
    )
    .bind(name, now.toISOString());
}

export function markWorking(db: D1Database, channel: Channel): D1PreparedStatement {
  return markRowWorking(db, channel);
}

function markRowWorking(db: D1Database, name: string): D1PreparedStatement {
  return db
    .prepare(
      'update channels set failing_since = null where name = ?1 and failing_since is not null',
    )
    .bind(name);
}

/** Stops a channel until a person resumes it. */
export function stopChannel(db: D1Database, channel: Channel, now: Date): D1PreparedStatement {
  return db
    .prepare(
      `insert into channels (name, stopped_at) values (?1, ?2)
       on conflict (name) do update set stopped_at = coalesce(stopped_at, excluded.stopped_at)`,
    )
    .bind(channel, now.toISOString());
}

/** Marks the first staff address as failing, until it takes a mail again. */
export function markAddressFailing(db: D1Database, now: Date): D1PreparedStatement {
  return markRowFailing(db, FIRST_ADDRESS, now);
}

export function markAddressWorking(db: D1Database): D1PreparedStatement {
  return markRowWorking(db, FIRST_ADDRESS);
}

/** Since when the first staff address fails, or null. */
export async function findAddressFailure(db: D1Database): Promise<Date | null> {
  const row = await db
    .prepare('select failing_since from channels where name = ?')
    .bind(FIRST_ADDRESS)
    .first();
  return readRow(v.object({ failing_since: v.nullable(instant) }), row)?.failing_since ?? null;
}

/** The channels that ever failed or were stopped. */
export async function listChannels(db: D1Database): Promise<ChannelState[]> {
  const { results } = await db
    .prepare('select * from channels where name not in (?, ?) order by name')
    .bind(EVERY_CHANNEL, FIRST_ADDRESS)
    .all();
  return readRows(ChannelRowSchema, results);
}
