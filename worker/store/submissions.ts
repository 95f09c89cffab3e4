import type { WindowPlace } from '../../shared/jobs/availability.ts';
import { insertBooking, type NewBooking } from './bookings.ts';
import { insertDelivery, type NewDelivery } from './deliveries.ts';
import { type Change, insertEvent } from './events.ts';
import { insertMessage, type NewMessage } from './messages.ts';
import { insertReceipt, type Receipt } from './receipts.ts';
import { takeSeat } from './seats.ts';

/**
 * Stores a booking with all that belongs to it in one batch. False where the guard found that it repeats another;
 * throws `window_full` where no seat is left. In both cases nothing is stored.
 */
export async function storeBooking(
  db: D1Database,
  booking: NewBooking,
  parts: { places: readonly WindowPlace[]; deliveries: readonly NewDelivery[]; receipt: Receipt },
): Promise<boolean> {
  const change: Change = {
    table: 'bookings',
    subjectId: booking.id,
    eventId: booking.lastEventId,
    at: booking.createdAt,
  };
  const actor = booking.origin === 'phone' ? 'staff' : 'customer';
  const [inserted] = await db.batch([
    insertBooking(db, booking),
    ...parts.places.map((place) => takeSeat(db, change, place)),
    insertReceipt(db, change, parts.receipt),
    insertEvent(db, change, { type: 'submit', actor, reason: null }),
    ...parts.deliveries.map((delivery) => insertDelivery(db, change, delivery)),
  ]);
  return inserted?.meta.changes === 1;
}

/** Stores a contact message with its receipt (where consent was asked), event and deliveries; false where it repeats another. */
export async function storeMessage(
  db: D1Database,
  message: NewMessage,
  parts: { deliveries: readonly NewDelivery[]; receipt: Receipt | null },
): Promise<boolean> {
  const change: Change = {
    table: 'messages',
    subjectId: message.id,
    eventId: message.eventId,
    at: message.createdAt,
  };
  const [inserted] = await db.batch([
    insertMessage(db, message),
    ...(parts.receipt === null ? [] : [insertReceipt(db, change, parts.receipt)]),
    insertEvent(db, change, { type: 'submit', actor: 'customer', reason: null }),
    ...parts.deliveries.map((delivery) => insertDelivery(db, change, delivery)),
  ]);
  return inserted?.meta.changes === 1;
}
