import { addDays, fromVietnam, toVietnamDate } from '../../shared/time.ts';

/** The time in which a number of tries is counted: an hour (UTC), a day in Vietnam, or for as long as the row is there. */
type Span = 'hour' | 'day' | 'always';

/** What is counted, and how often it may happen within its span, an hour where none is named. */
export interface TryLimit {
  name: string;
  limit: number;
  span?: Span;
}

/** Counts one try before it is made; false where its span has none left. Parallel tries cannot pass the limit. */
export async function takeTry(
  db: D1Database,
  { name, limit, span, now }: TryLimit & { now: Date },
): Promise<boolean> {
  const row = await db
    .prepare(
      `insert into tries (name, hour, count) values (?1, ?2, 1)
       on conflict (name, hour) do update set count = count + 1 where count < ?3 returning count`,
    )
    .bind(name, startOf(span, now), limit)
    .first();
  return row !== null;
}

/** Takes tries back that shall not count, such as a right answer. */
export async function returnTries(
  db: D1Database,
  limits: readonly TryLimit[],
  now: Date,
): Promise<void> {
  if (limits.length === 0) return;
  const changes = [
    'delete from tries where name = ?1 and hour = ?2 and count <= 1',
    'update tries set count = count - 1 where name = ?1 and hour = ?2',
  ];
  await db.batch(
    limits.flatMap(({ name, span }) =>
      changes.map((sql) => db.prepare(sql).bind(name, startOf(span, now))),
    ),
  );
}

/** Counts one try under each of some limits; the limit that has none left, or null. Then none of them is counted. */
export async function takeTries(
  db: D1Database,
  limits: readonly TryLimit[],
  now: Date,
): Promise<TryLimit | null> {
  for (const [at, limit] of limits.entries()) {
    if (await takeTry(db, { ...limit, now })) continue;
    await returnTries(db, limits.slice(0, at), now);
    return limit;
  }
  return null;
}

/** Whether a limit has no try left. */
export async function isUsedUp(
  db: D1Database,
  { name, limit, span }: TryLimit,
  now: Date,
): Promise<boolean> {
  const row = await db
    .prepare('select 1 from tries where name = ?1 and hour = ?2 and count >= ?3')
    .bind(name, startOf(span, now), limit)
    .first();
  return row !== null;
}

/** Forgets every try that was counted under a name. */
export async function forgetTries(db: D1Database, name: string): Promise<void> {
  await db.prepare('delete from tries where name = ?').bind(name).run();
}

/** Seconds until the next hour, when counting begins anew. */
export function secondsToNextHour(now: Date): number {
  return 3600 - Math.floor((now.getTime() / 1000) % 3600);
}

/** Seconds until the next day in Vietnam. */
export function secondsToNextDay(now: Date): number {
  const midnight = fromVietnam(addDays(toVietnamDate(now), 1), '00:00');
  return Math.ceil((midnight.getTime() - now.getTime()) / 1000);
}

/** Deletes the counts of the hours and days before that of an instant. */
export function clearTries(db: D1Database, before: Date): D1PreparedStatement {
  return db.prepare('delete from tries where hour < ?').bind(hourOf(before));
}

/** The start of a span as it is stored: `2026-11-23T02`, `2026-11-23`, or `always`, which `clearTries` never reaches. */
function startOf(span: Span = 'hour', now: Date): string {
  if (span === 'day') return toVietnamDate(now);
  return span === 'hour' ? hourOf(now) : 'always';
}

function hourOf(now: Date): string {
  return now.toISOString().slice(0, 13);
}
