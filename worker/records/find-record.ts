import { type Booking, findBookingByCode } from '../store/bookings.ts';
import { findMessageByCode, type Message } from '../store/messages.ts';

/** What a code can name. */
export type FoundRecord =
  { kind: 'booking'; booking: Booking } | { kind: 'message'; message: Message };

/** The booking or message of a code, or null. */
export async function findRecord(db: D1Database, code: string): Promise<FoundRecord | null> {
  const booking = await findBookingByCode(db, code);
  if (booking !== null) return { kind: 'booking', booking };
  const message = await findMessageByCode(db, code);
  return message === null ? null : { kind: 'message', message };
}

export function entryOf(record: FoundRecord) {
  return record.kind === 'booking' ? record.booking : record.message;
}

export function idOf(record: FoundRecord): string {
  return entryOf(record).id;
}
