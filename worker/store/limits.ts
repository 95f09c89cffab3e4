/** What is counted by the hour (UTC), and how often it may happen. */
interface TryLimit {
  name: string;
  limit: number;
  now: Date;
}

/** Counts one try before it is made; false where the hour has none left. Parallel tries cannot pass the limit. */
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

/** Takes a try back that shall not count, such as a right answer. */
export async function returnTry(db: D1Database, name: string, now: Date): Promise<void> {
  await db
    .prepare('update tries set count = count - 1 where name = ?1 and hour = ?2 and count > 0')
    .bind(name, hourOf(now))
    .run();
}

/** Seconds until the next hour, when counting begins anew. */
export function secondsToNextHour(now: Date): number {
  return 3600 - Math.floor((now.getTime() / 1000) % 3600);
}

/** Deletes the counts of the hours before that of an instant. */
export function clearTries(db: D1Database, before: Date): D1PreparedStatement {
  return db.prepare('delete from tries where hour < ?').bind(hourOf(before));
}

function hourOf(now: Date): string {
  return now.toISOString().slice(0, 13);
}
