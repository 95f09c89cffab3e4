import * as v from 'valibot';
import { retryOpenDates } from './plan-dates.ts';
import { readRows } from './rows.ts';

/** A day's number of seats for one window, or for all of them where `window` is `''`. */
export interface SeatLimit {
  window: string;
  seats: number;
}

/** What staff set for a day: the crews that are off, and the seats of the day or of windows. */
export interface CrewSettings {
  off: ReadonlySet<string>;
  limits: readonly SeatLimit[];
}

const CrewRowSchema = v.object({ crew: v.string() });
const LimitRowSchema = v.object({ arrival_window: v.string(), seats: v.number() });

export async function readCrewDay(db: D1Database, date: string): Promise<CrewSettings> {
  const [off, limits] = await db.batch([
    db.prepare('select crew from crews_off where visit_date = ?').bind(date),
    db.prepare('select arrival_window, seats from seat_limits where visit_date = ?').bind(date),
  ]);
  return {
    off: new Set(readRows(CrewRowSchema, off?.results ?? []).map(({ crew }) => crew)),
    limits: readRows(LimitRowSchema, limits?.results ?? []).map((row) => ({
      window: row.arrival_window,
      seats: row.seats,
    })),
  };
}

/** The days of a span on which a crew does not work. */
export async function listDaysOff(
  db: D1Database,
  crew: string,
  { from, to }: { from: string; to: string },
): Promise<Set<string>> {
  const { results } = await db
    .prepare('select visit_date from crews_off where crew = ?1 and visit_date between ?2 and ?3')
    .bind(crew, from, to)
    .all();
  const rows = readRows(v.object({ visit_date: v.string() }), results);
  return new Set(rows.map(({ visit_date: date }) => date));
}

/** Says that a crew does not work on a day, or that it does. Its jobs keep its name and are without a crew while it is off. */
export async function setCrewOff(
  db: D1Database,
  { date, crew, off }: { date: string; crew: string; off: boolean },
): Promise<void> {
  const sql = off
    ? 'insert into crews_off (visit_date, crew) values (?1, ?2) on conflict do nothing'
    : 'delete from crews_off where visit_date = ?1 and crew = ?2';
  const statement = db.prepare(sql).bind(date, crew);
  await db.batch([statement, ...(off ? [] : retryOpenDates(db, date))]);
}

/** Sets the seats of a window, or with `''` of the day; null takes the number back. Jobs above it stay, and plans try the day again. */
export async function setSeats(
  db: D1Database,
  { date, window, seats }: { date: string; window: string; seats: number | null },
): Promise<void> {
  const statement =
    seats === null
      ? db
          .prepare('delete from seat_limits where visit_date = ?1 and arrival_window = ?2')
          .bind(date, window)
      : db
          .prepare(
            `insert into seat_limits (visit_date, arrival_window, seats) values (?1, ?2, ?3)
             on conflict (visit_date, arrival_window) do update set seats = excluded.seats`,
          )
          .bind(date, window, seats);
  await db.batch([statement, ...retryOpenDates(db, date)]);
}
