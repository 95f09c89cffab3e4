import type { BookingMove } from '../../shared/states.ts';
import type { AppContext } from '../web/context.ts';
import { type ActionSubject, isActionToken } from '../signing/links.ts';
import { transitionBooking, type TransitionRequest } from './booking-transition.ts';
import { wakeDeliveries } from './wake-delivery.ts';
import { type Booking, findBooking } from '../store/bookings.ts';
import { listEvents, type RecordEvent } from '../store/events.ts';

/**
 * What became of an action: `repeated` where the very same was done before with this token, `overtaken` where something else
 * happened meanwhile or the move no longer fits, `late` where the time to undo is over, `expired` where the token is old or
 * not ours.
 */
export type ActionOutcome =
  'done' | 'repeated' | 'overtaken' | 'late' | 'expired' | 'full' | 'ended';

/** A move that a person asked for on a page, with the action token of that page. */
export type BookingAction = Omit<TransitionRequest, 'now'> & { token: string };

/** Moves a booking for the holder of its action token; a repeat of the same move does nothing and is told as one. */
export async function runBookingAction(c: AppContext, act: BookingAction): Promise<ActionOutcome> {
  const { token, ...request } = act;
  const { booking } = request;
  const role = request.actor === 'customer' ? 'customer' : 'staff';
  const version = await versionOfToken(c, { token, role }, booking);
  if (version === null) return 'expired';
  if (version === booking.version) {
    if (request.move === 'reschedule' && isAt(booking, request.start)) return 'repeated';
    const moved = await transitionBooking(c.env, { ...request, now: c.var.now });
    if (moved.outcome !== 'stale') {
      if (moved.outcome === 'done') wakeDeliveries(c, moved.deliveryIds);
      return moved.outcome;
    }
  }
  return isRepeat(c, act, version);
}

/** The version that a live action token is bound to, at most the record's own; null where it is expired or not ours. */
export async function versionOfToken(
  c: AppContext,
  { token, role }: { token: string; role: ActionSubject['role'] },
  record: { id: string; version: number },
): Promise<number | null> {
  const signing = { keys: c.var.linkKeys, now: c.var.now };
  for (let version = record.version; version >= 1; version -= 1) {
    if (await isActionToken(signing, token, { role, id: record.id, version })) return version;
  }
  return null;
}

/** The first thing that happened to a record after a version. */
export async function findEventAfter(
  db: D1Database,
  subjectId: string,
  version: number,
): Promise<RecordEvent | undefined> {
  return (await listEvents(db, subjectId)).find((event) => event.version > version);
}

const undoMoves: readonly BookingMove[] = ['undoConfirm', 'undoDecline'];

async function isRepeat(
  c: AppContext,
  act: BookingAction,
  version: number,
): Promise<ActionOutcome> {
  const first = await findEventAfter(c.env.DB, act.booking.id, version);
  if (first === undefined && undoMoves.includes(act.move)) return 'late';
  if (first?.type !== (act.move satisfies BookingMove)) return 'overtaken';
  if (act.start === undefined) return 'repeated';
  const booking = await findBooking(c.env.DB, act.booking.id);
  return booking !== null && isAt(booking, act.start) ? 'repeated' : 'overtaken';
}

/** Whether a visit stands at a start, as after a move that is asked for again. */
export function isAt(
  booking: Booking,
  start: { date: string; window: string } | undefined,
): boolean {
  return booking.visitDate === start?.date && booking.window === start.window;
}
