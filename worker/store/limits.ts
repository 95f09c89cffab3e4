import type { Slot } from '../../shared/jobs/availability.ts';

/** What is counted by the hour, and how often it may happen. */
export interface TryLimit {
  name: string;
  limit: number;
  now: Date;
}

/** Takes one of the hour's tries before it is made; false where none is left. Parallel tries cannot take more than there are. */
export async function takeTry(db: D1Database, { name, limit, now }: TryLimit): Promise<boolean> {
  const row = await db
    .prepare(
      `insert into tries (name, hour, count) values (?1, ?2, 1)
       on conflict (name, hour) do update set count = count + 1 where count < ?3 returning count`,
    )
    .bind(name, hourOf(now), limit)
    .first();
  return row !== null;
}

/** Gives a try back that was none, such as a right answer. */
export async function returnTry(db: D1Database, name: string, now: Date): Promise<void> {
  await db
    .prepare('update tries set count = count - 1 where name = ?1 and hour = ?2 and count > 0')
    .bind(name, hourOf(now))
    .run();
}

/** Seconds until the next hour, when tries are new. */
export function secondsToNextHour(now: Date): number {
  return 3600 - Math.floor((now.getTime() / 1000) % 3600);
}

function hourOf(now: Date): string {
  return now.toISOString().slice(0, 13);
}

/** Locks a window, so that no booking takes a seat in it any more; false where it was locked before. */
export async function lockWindow(db: D1Database, slot: Slot, now: Date): Promise<boolean> {
  const { meta } = await db
    .prepare(
      'insert into window_locks (visit_date, arrival_window, locked_at) values (?1, ?2, ?3) on conflict do nothing',
    )
    .bind(slot.date, slot.window, now.toISOString())
    .run();
  return meta.changes === 1;
}

/** Opens a locked window again; false where it was not locked. */
export async function unlockWindow(db: D1Database, slot: Slot): Promise<boolean> {
  const { meta } = await db
    .prepare('delete from window_locks where visit_date = ?1 and arrival_window = ?2')
    .bind(slot.date, slot.window)
    .run();
  return meta.changes === 1;
}
