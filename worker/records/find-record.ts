import { type Booking, BookingRowSchema, selectBookingByCode } from '../store/bookings.ts';
import { epochOf, type LinkKind, selectEpoch } from '../store/link-epochs.ts';
import { type Message, MessageRowSchema, selectMessageByCode } from '../store/messages.ts';
import { readRow } from '../store/rows.ts';

/** What a code can name. */
export type FoundRecord =
  { kind: 'booking'; booking: Booking } | { kind: 'message'; message: Message };

/** The booking or message of a code, or null. */
export async function findRecord(db: D1Database, code: string): Promise<FoundRecord | null> {
  return readRecord(await db.batch(selectRecord(db, code)));
}

/** The booking or message of a code, or null, and the epoch of the links of a kind, in one trip. */
export async function findRecordAndEpoch(
  db: D1Database,
  code: string,
  kind: LinkKind,
): Promise<{ record: FoundRecord | null; epoch: number }> {
  const results = await db.batch([...selectRecord(db, code), selectEpoch(db, kind)]);
  return { record: readRecord(results), epoch: epochOf(results[2]?.results[0]) };
}

function selectRecord(db: D1Database, code: string): D1PreparedStatement[] {
  return [selectBookingByCode(db, code), selectMessageByCode(db, code)];
}

function readRecord([bookings, messages]: readonly D1Result[]): FoundRecord | null {
  const booking = readRow(BookingRowSchema, bookings?.results[0]);
  if (booking !== null) return { kind: 'booking', booking };
  const message = readRow(MessageRowSchema, messages?.results[0]);
  return message === null ? null : { kind: 'message', message };
}

export function entryOf(record: FoundRecord) {
  return record.kind === 'booking' ? record.booking : record.message;
}

export function idOf(record: FoundRecord): string {
  return entryOf(record).id;
}
