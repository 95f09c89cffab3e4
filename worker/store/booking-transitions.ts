import type { JobSlot } from '../../shared/jobs/availability.ts';
import { type Actor, type BookingMove, bookingMoves, UNDO_MINUTES } from '../../shared/states.ts';
import { later } from '../../shared/time.ts';
import type { Booking } from './bookings.ts';
import {
  type Channel,
  channels,
  dropIfNeverAttempted,
  insertDelivery,
  type NewDelivery,
  supersedeOlder,
} from './deliveries.ts';
import { type Change, insertEvent } from './events.ts';
import { freeSeats, isWindowFull, takeSeat } from './seats.ts';

/** A booking's move as it is written: what changes, and what goes out because of it. */
export interface TransitionDraft {
  booking: Booking;
  move: BookingMove;
  actor: Actor;
  /** A reason from a fixed list, or null. */
  reason: string | null;
  now: Date;
  /** How far the version rises: 2 where an erasure follows a cancellation. */
  versionStep: 1 | 2;
  keyEndsAt: Date;
  /** What the move changes besides the state; absent parts stay. */
  values: Partial<
    Pick<Booking, 'visitDate' | 'window' | 'visitStartsAt' | 'visitEndsAt' | 'quantity' | 'sealed'>
  >;
  /** Seats: kept, given back, or taken anew in these windows. */
  seats: 'keep' | 'free' | readonly JobSlot[];
  /** Channels whose older undelivered messages the move supersedes. */
  supersedes: readonly Channel[];
  deliveries: readonly NewDelivery[];
}

/** Moves that staff can take back only while the undo lasts. */
const undoMoves: readonly BookingMove[] = ['undoConfirm', 'undoDecline'];
/** Deliveries that are pointless where the receiver was never told of the booking. */
const endingKinds: readonly string[] = ['job.cancelled', 'job.erased'];

/**
 * Writes a move with its event, seats and deliveries in one batch. `stale` where the booking has changed meanwhile or the move
 * no longer fits its state; `full` where a window has no seat left. Then nothing is written.
 */
export async function writeTransition(
  db: D1Database,
  draft: TransitionDraft,
): Promise<'done' | 'stale' | 'full'> {
  const change: Change = {
    table: 'bookings',
    subjectId: draft.booking.id,
    eventId: crypto.randomUUID(),
    at: draft.now,
  };
  const { move: type, actor, reason } = draft;
  try {
    const [updated] = await db.batch([
      updateBooking(db, change, draft),
      ...seatStatements(db, change, draft),
      insertEvent(db, change, { type, actor, reason }),
      ...deliveryStatements(db, change, draft),
    ]);
    return updated?.meta.changes === 1 ? 'done' : 'stale';
  } catch (error) {
    if (isWindowFull(error)) return 'full';
    throw error;
  }
}

function updateBooking(
  db: D1Database,
  change: Change,
  draft: TransitionDraft,
): D1PreparedStatement {
  const { booking, move, values, now } = draft;
  const since = undoMoves.includes(move) ? later(now, { minutes: -UNDO_MINUTES }) : new Date(0);
  return db
    .prepare(
      `update bookings set state = coalesce(?4, state), state_at = case when ?4 is null then state_at else ?3 end,
         version = version + ?5, last_event_id = ?2, key_ends_at = ?6, visit_date = ?7, arrival_window = ?8,
         visit_starts_at = ?9, visit_ends_at = ?10, quantity = ?11, sealed = ?12
       where id = ?1 and version = ?13 and state in (select value from json_each(?14)) and state_at > ?15
         and erased_at is null and (?16 = 0 or exists (select 1 from seats where booking_id = ?1))`,
    )
    .bind(
      change.subjectId,
      change.eventId,
      now.toISOString(),
      bookingMoves[move].to,
      draft.versionStep,
      draft.keyEndsAt.toISOString(),
      values.visitDate ?? booking.visitDate,
      values.window ?? booking.window,
      (values.visitStartsAt ?? booking.visitStartsAt).toISOString(),
      (values.visitEndsAt ?? booking.visitEndsAt).toISOString(),
      values.quantity === undefined ? booking.quantity : values.quantity,
      values.sealed ?? booking.sealed,
      booking.version,
      JSON.stringify(bookingMoves[move].from),
      since.toISOString(),
      // The clock may have freed the seats in the very moment the undo ended.
      move === 'undoDecline' ? 1 : 0,
    );
}

function seatStatements(
  db: D1Database,
  change: Change,
  { seats }: TransitionDraft,
): D1PreparedStatement[] {
  if (seats === 'keep') return [];
  const slots = seats === 'free' ? [] : seats;
  return [freeSeats(db, change), ...slots.map((slot) => takeSeat(db, change, slot))];
}

function deliveryStatements(
  db: D1Database,
  change: Change,
  draft: TransitionDraft,
): D1PreparedStatement[] {
  const byIds = draft.deliveries.map(({ id }) => id);
  const ending = draft.deliveries.filter(({ kind }) => endingKinds.includes(kind));
  return [
    ...channels
      .filter((channel) => draft.supersedes.includes(channel))
      .map((channel) => supersedeOlder(db, change, { channel, byIds })),
    ...draft.deliveries.map((delivery) => insertDelivery(db, change, delivery)),
    ...ending.map((delivery) => dropIfNeverAttempted(db, change, delivery)),
  ];
}
