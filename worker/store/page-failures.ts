import * as v from 'valibot';
import type { Failure } from '../base/log.ts';
import { instant, readRows } from './rows.ts';

const PageFailuresSchema = v.object({
  event: v.string(),
  class: v.string(),
  count: v.number(),
  first_at: instant,
  last_at: instant,
});

/** Counts a failure of a page that may write nothing to the console. */
export function countPageFailure(
  db: D1Database,
  { event, class: name }: Failure,
  now: Date,
): D1PreparedStatement {
  return db
    .prepare(
      `insert into page_failures (event, class, count, first_at, last_at) values (?1, ?2, 1, ?3, ?3)
       on conflict (event, class) do update set count = count + 1, last_at = excluded.last_at`,
    )
    .bind(event, name, now.toISOString());
}

/** Takes the failures counted since they were taken last. */
export async function takePageFailures(
  db: D1Database,
): Promise<v.InferOutput<typeof PageFailuresSchema>[]> {
  const { results } = await db.prepare('delete from page_failures returning *').all();
  return readRows(PageFailuresSchema, results);
}
