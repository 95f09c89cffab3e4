import { type BookingTransition, bookingTransitions, limitOf } from '../../shared/states.ts';
import type { ActionRole } from '../signing/links.ts';
import { type Booking, findBooking } from '../store/bookings.ts';
import type { AppContext } from '../web/context.ts';
import { runAction } from './action.ts';
import { transitionBooking, type TransitionRequest } from './booking-transition.ts';
import { followNow } from './follow-now.ts';
import { wakeDeliveries } from './wake-delivery.ts';

/**
 * The outcomes of `runAction`, and three more: `late` where the time to undo is over, `full` where no seat is left, `ended`
 * where the personal data has expired.
 */
export type ActionOutcome =
  'done' | 'repeated' | 'outdated' | 'late' | 'expired' | 'full' | 'ended';

/** A transition that a person asked for on a page, with the action token of that page. */
export type BookingAction = Omit<TransitionRequest, 'now'> & {
  token: string;
  /** Whose page the token is on, where the actor does not say it. */
  role?: ActionRole;
  /** Whether an earlier action of this type asked for the same, where the start does not say it. */
  isSame?: () => Promise<boolean>;
};

/** Runs a transition of a booking for the holder of its action token, once. */
export function runBookingAction(
  c: AppContext,
  { token, role, isSame, ...request }: BookingAction,
): Promise<ActionOutcome> {
  const { booking, transition, start, actor, crew } = request;
  return runAction<'full' | 'ended' | 'late' | 'repeated'>(c, {
    record: booking,
    role: role ?? (actor === 'customer' || actor === 'crew' ? actor : 'staff'),
    token,
    type: transition,
    write: async () => {
      if (transition === 'reschedule' && isAt(booking, start)) return 'repeated';
      const result = await transitionBooking(c.env, { ...request, now: c.var.now });
      if (result.outcome === 'done') {
        wakeDeliveries(c, result.deliveryIds);
        await followFirst(c, booking, transition);
      }
      return result.outcome;
    },
    isSame: async () => {
      if (isSame !== undefined) return isSame();
      if (start === undefined && crew === undefined) return true;
      const newest = await findBooking(c.env.DB, booking.id);
      if (crew !== undefined) return newest?.crew === crew;
      return newest !== null && isAt(newest, start);
    },
    unchanged: limitOf(transition) === undefined ? undefined : 'late',
  });
}

/** A plan begins, goes back or ends with its first visit; its other visits follow at once. */
async function followFirst(
  c: AppContext,
  { planId, origin }: Booking,
  transition: BookingTransition,
): Promise<void> {
  const changesState = bookingTransitions[transition].to !== null;
  if (planId !== null && origin !== 'plan' && changesState) await followNow(c, planId);
}

/** Whether a booking already has this start, such as when the same reschedule is sent twice. */
export function isAt(
  booking: Booking,
  start: { date: string; window: string } | undefined,
): boolean {
  return booking.visitDate === start?.date && booking.window === start.window;
}
