import { type Booking, BookingRowSchema, selectBookingByCode } from '../store/bookings.ts';
import { epochOf, type LinkKind, selectEpoch } from '../store/link-epochs.ts';
import { type Message, MessageRowSchema, selectMessageByCode } from '../store/messages.ts';
import { type Plan, PlanRowSchema, selectPlanByCode } from '../store/plans.ts';
import { readRow } from '../store/rows.ts';

/** What a code of a job or of a message names. */
export type FoundRecord =
  { kind: 'booking'; booking: Booking } | { kind: 'message'; message: Message };

/** What a code can name that opens a page: of a plan too. */
export type FoundSubject = FoundRecord | { kind: 'plan'; plan: Plan };

/** The booking or message of a code, or null. */
export async function findRecord(db: D1Database, code: string): Promise<FoundRecord | null> {
  return readRecord(await db.batch(selectRecord(db, code)));
}

/** What a code names, or null. */
export async function findSubject(db: D1Database, code: string): Promise<FoundSubject | null> {
  return readSubject(await db.batch(selectSubject(db, code)));
}

/** What a code names, or null, and the epoch of the links of a kind, in one trip. */
export async function findSubjectAndEpoch(
  db: D1Database,
  code: string,
  kind: LinkKind,
): Promise<{ record: FoundSubject | null; epoch: number }> {
  const results = await db.batch([...selectSubject(db, code), selectEpoch(db, kind)]);
  return { record: readSubject(results), epoch: epochOf(results[3]?.results[0]) };
}

function selectRecord(db: D1Database, code: string): D1PreparedStatement[] {
  return [selectBookingByCode(db, code), selectMessageByCode(db, code)];
}

function selectSubject(db: D1Database, code: string): D1PreparedStatement[] {
  return [...selectRecord(db, code), selectPlanByCode(db, code)];
}

function readRecord([bookings, messages]: readonly D1Result[]): FoundRecord | null {
  const booking = readRow(BookingRowSchema, bookings?.results[0]);
  if (booking !== null) return { kind: 'booking', booking };
  const message = readRow(MessageRowSchema, messages?.results[0]);
  return message === null ? null : { kind: 'message', message };
}

function readSubject(results: readonly D1Result[]): FoundSubject | null {
  const plan = readRow(PlanRowSchema, results[2]?.results[0]);
  return plan === null ? readRecord(results) : { kind: 'plan', plan };
}

export function entryOf(record: FoundRecord): Booking | Message;
export function entryOf(record: FoundSubject): Booking | Message | Plan;
export function entryOf(record: FoundSubject): Booking | Message | Plan {
  switch (record.kind) {
    case 'booking':
      return record.booking;
    case 'message':
      return record.message;
    case 'plan':
      return record.plan;
  }
}

export function idOf(record: FoundSubject): string {
  return entryOf(record).id;
}
