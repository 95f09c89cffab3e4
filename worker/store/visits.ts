import * as v from 'valibot';
import { readRows } from './rows.ts';

/** Stands for all days or all pages in a row that holds their sum. */
const ALL = '';

const VisitRowSchema = v.object({ day: v.string(), path: v.string(), count: v.number() });

/** Visits so far: of one day, of all days, and by page. */
interface VisitTotals {
  today: number;
  total: number;
  pages: Record<string, number>;
}

/** Counts one visit in three sums: the day's, the page's and the total. No row says who came, or when on that day. */
export function countVisit(
  db: D1Database,
  visit: { day: string; path: string },
): D1PreparedStatement {
  return db
    .prepare(
      `insert into visits (day, path, count) values (?1, ?3, 1), (?3, ?2, 1), (?3, ?3, 1)
       on conflict (day, path) do update set count = count + 1`,
    )
    .bind(visit.day, visit.path, ALL);
}

/** The statement that reads the visits of a day (YYYY-MM-DD) and in total, and of one page or, without a path, of every page. */
export function selectVisits(db: D1Database, day: string, path?: string): D1PreparedStatement {
  return db
    .prepare(
      `select day, path, count from visits
       where (day in (?1, ?3) and path = ?3) or (day = ?3 and (?2 is null or path = ?2))`,
    )
    .bind(day, path ?? null, ALL);
}

export function readVisits({ results }: D1Result): VisitTotals {
  const totals: VisitTotals = { today: 0, total: 0, pages: {} };
  for (const row of readRows(VisitRowSchema, results)) {
    if (row.path !== ALL) totals.pages[row.path] = row.count;
    else if (row.day === ALL) totals.total = row.count;
    else totals.today = row.count;
  }
  return totals;
}
