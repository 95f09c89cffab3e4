import * as v from 'valibot';
import { type Channel, channels } from './deliveries.ts';
import { instant, readRows } from './rows.ts';
import { EVERY_CHANNEL, FIRST_ADDRESS } from './reserved-values.ts';

const RowSchema = v.object({
  name: v.picklist([...channels, EVERY_CHANNEL, FIRST_ADDRESS]),
  stopped_at: v.nullable(instant),
  failing_since: v.nullable(instant),
});

/** A channel: since when it is stopped until a person resumes it, and since when it fails; null where it is not. */
export interface ChannelState {
  name: Channel;
  stoppedAt: Date | null;
  failingSince: Date | null;
}

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

/** The channels that ever failed or were stopped. */
export async function listChannels(db: D1Database): Promise<ChannelState[]> {
  return (await findSending(db)).channels;
}

/** What keeps deliveries from being sent. */
export interface Sending {
  /** Since when all sending is off, or null. */
  offSince: Date | null;
  /** Since when the first staff address fails, or null. */
  addressFailsSince: Date | null;
  /** The channels that ever failed or were stopped. */
  channels: ChannelState[];
}

export async function findSending(db: D1Database): Promise<Sending> {
  return readSending(await selectSending(db).all());
}

export function selectSending(db: D1Database): D1PreparedStatement {
  return db.prepare('select * from channels');
}

export function readSending({ results }: D1Result): Sending {
  const rows = readRows(RowSchema, results);
  const rowOf = (name: string) => rows.find((row) => row.name === name);
  return {
    offSince: rowOf(EVERY_CHANNEL)?.stopped_at ?? null,
    addressFailsSince: rowOf(FIRST_ADDRESS)?.failing_since ?? null,
    channels: channels.flatMap((name) => {
      const row = rowOf(name);
      if (row === undefined) return [];
      return [{ name, stoppedAt: row.stopped_at, failingSince: row.failing_since }];
    }),
  };
}
