import * as v from 'valibot';
import { type Payment, paymentMethods, type Price } from '../../shared/jobs/balance.ts';
import { type Rating, ratings } from '../../shared/jobs/ratings.ts';
import { type Booking, BookingRowSchema } from './bookings.ts';
import { instant, readRow, readRows } from './rows.ts';

/** Earlier records that a chain follows at most. */
const CHAIN_MAX = 30;

const PriceRowSchema = v.pipe(
  v.object({
    version: v.number(),
    amount_vnd: v.number(),
    at: instant,
    agreed_by: v.nullable(v.picklist(['customer', 'phone'])),
    agreed_at: v.nullable(instant),
  }),
  v.transform((row): Price => {
    const { version, agreed_by: by, agreed_at: agreedAt } = row;
    const agreed = by === null || agreedAt === null ? null : { by, at: agreedAt, version };
    return { version, amountVnd: row.amount_vnd, at: row.at, agreed };
  }),
);

const PaymentRowSchema = v.pipe(
  v.object({
    n: v.number(),
    amount_vnd: v.number(),
    method: v.picklist(paymentMethods),
    at: instant,
    undone_at: v.nullable(instant),
  }),
  v.transform((row): Payment => ({
    ...{ n: row.n, amountVnd: row.amount_vnd, method: row.method, at: row.at },
    undoneAt: row.undone_at,
  })),
);

const RatingRowSchema = v.object({ rating: v.picklist(ratings), at: instant });

const EarlierSchema = v.object({ amount_vnd: v.nullable(v.number()) });

/** A visit before this one of whoever asked for it again, with the price that was agreed. */
export interface EarlierVisit {
  booking: Booking;
  amountVnd: number | null;
}

/** What was agreed, paid and said of a booking, and the visits before it. */
export interface Dealings {
  prices: Price[];
  payments: Payment[];
  /** `at` is when it was given first. */
  rating: { rating: Rating; at: Date } | null;
  /** The newest first. */
  earlier: EarlierVisit[];
}

/** Reads all of it in one call. */
export async function readDealings(db: D1Database, id: string): Promise<Dealings> {
  const [prices, payments, rating, earlier] = (await db.batch([
    db.prepare('select * from prices where subject_id = ? order by version').bind(id),
    db.prepare('select * from payments where subject_id = ? order by n').bind(id),
    db.prepare('select rating, at from ratings where subject_id = ?').bind(id),
    selectEarlier(db, id),
  ])) as [D1Result, D1Result, D1Result, D1Result];
  return {
    prices: readRows(PriceRowSchema, prices.results),
    payments: readRows(PaymentRowSchema, payments.results),
    rating: readRow(RatingRowSchema, rating.results[0]),
    earlier: earlier.results.map((row) => ({
      booking: v.parse(BookingRowSchema, row),
      amountVnd: v.parse(EarlierSchema, row).amount_vnd,
    })),
  };
}

/** The prices and payments of a day's bookings, by booking. */
export async function readDayDealings(
  db: D1Database,
  date: string,
): Promise<Map<string, Pick<Dealings, 'prices' | 'payments'>>> {
  const ofDay = 'where subject_id in (select id from bookings where visit_date = ?) order by';
  const [prices, payments] = (await db.batch([
    db.prepare(`select * from prices ${ofDay} version`).bind(date),
    db.prepare(`select * from payments ${ofDay} n`).bind(date),
  ])) as [D1Result<SubjectRow>, D1Result<SubjectRow>];
  const byBooking = Map.groupBy(prices.results, ({ subject_id: id }) => id);
  const paid = Map.groupBy(payments.results, ({ subject_id: id }) => id);
  return new Map(
    [...byBooking.keys(), ...paid.keys()].map((id) => [
      id,
      {
        prices: readRows(PriceRowSchema, byBooking.get(id) ?? []),
        payments: readRows(PaymentRowSchema, paid.get(id) ?? []),
      },
    ]),
  );
}

interface SubjectRow {
  subject_id: string;
}

function selectEarlier(db: D1Database, id: string): D1PreparedStatement {
  return db
    .prepare(
      `with recursive chain (id, depth) as (
         select previous, 1 from bookings where id = ?1 and previous is not null
         union all
         select bookings.previous, depth + 1 from chain join bookings on bookings.id = chain.id
           where bookings.previous is not null and depth < ?2
       )
       select bookings.*, (select amount_vnd from prices where subject_id = bookings.id and agreed_at is not null
         order by prices.version desc limit 1) as amount_vnd
       from chain join bookings on bookings.id = chain.id order by depth`,
    )
    .bind(id, CHAIN_MAX);
}

const TotalSchema = v.object({ rating: v.picklist(ratings), count: v.number() });

/** The statement that reads how many ratings there are, to be batched with what else is read. */
export function selectRatingTotals(db: D1Database): D1PreparedStatement {
  return db.prepare('select rating, count from rating_totals');
}

/** How many ratings there are, and how many good ones. */
export function readRatingTotals({ results }: D1Result): { count: number; good: number } {
  const totals = readRows(TotalSchema, results);
  const count = totals.reduce((sum, total) => sum + total.count, 0);
  return { count, good: totals.find(({ rating }) => rating === 'good')?.count ?? 0 };
}
