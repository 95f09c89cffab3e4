import { listJobSlots } from '../../shared/jobs/availability.ts';
import { bookingRules, findService } from '../../shared/content/catalogue.ts';
import type { Person } from '../../shared/forms/person.ts';
import { bookingKeyEnd } from '../../shared/privacy/retention.ts';
import { type Actor, type BookingTransition, bookingTransitions } from '../../shared/states.ts';
import { visitSpan } from './accept-booking.ts';
import { allowKeyEnd, writeWithKeyEnd } from '../personal-data/key-ends.ts';
import { deliveriesOfTransition } from './transition-deliveries.ts';
import type { Booking } from '../store/bookings.ts';
import { type TransitionDraft, writeTransition } from '../store/booking-transitions.ts';
import { openKeyStore, resealPerson } from '../personal-data/key-store.ts';

/** A transition that someone asks for. */
export interface TransitionRequest {
  booking: Booking;
  transition: BookingTransition;
  actor: Actor;
  /** A reason from a fixed list, or null. */
  reason?: string | null;
  now: Date;
  /** The new start, for `reschedule` and a `release` into another window. */
  start?: { date: string; window: string };
  /** The corrected personal data, for `correct`. */
  person?: Person;
  /** The corrected size, for `correct`. */
  quantity?: number | null;
  /** True where the correction changes nothing that dispatch receives. */
  keepsJob?: boolean;
}

/**
 * - `done`: `deliveryIds` are the deliveries to send now.
 * - `stale`: the booking has changed meanwhile, or its state does not allow the transition.
 * - `full`: no seat is left.
 * - `ended`: the personal data has expired.
 */
export type TransitionOutcome =
  { outcome: 'done'; deliveryIds: string[] } | { outcome: 'stale' | 'full' | 'ended' };

/** Carries out a transition: state, seats, event, key end and deliveries change together or not at all. */
export async function transitionBooking(
  env: Env,
  request: TransitionRequest,
): Promise<TransitionOutcome> {
  const draft = await draftTransition(env, request);
  if (draft === null) return { outcome: 'ended' };
  const { booking, now } = request;
  const key = { id: booking.id, from: booking.keyEndsAt, to: draft.keyEndsAt, now };
  const outcome = await writeWithKeyEnd(env, key, () => writeTransition(env.DB, draft));
  if (outcome !== 'done') return { outcome };
  const due = draft.deliveries.filter(({ dueAt, afterId }) => dueAt <= now && afterId === null);
  return { outcome: 'done', deliveryIds: due.map(({ id }) => id) };
}

async function draftTransition(
  env: Env,
  request: TransitionRequest,
): Promise<TransitionDraft | null> {
  const { booking, transition, actor, reason = null, now } = request;
  const values = valuesOf(request);
  if (request.person !== undefined) {
    const sealed = await resealPerson(openKeyStore(env), booking.id, request.person);
    if (sealed === null) return null;
    values.sealed = sealed;
  }
  const state = bookingTransitions[transition].to ?? booking.state;
  const to = bookingKeyEnd({
    state,
    stateAt: bookingTransitions[transition].to === null ? booking.stateAt : now,
    visitDate: values.visitDate ?? booking.visitDate,
    visitEndsAt: values.visitEndsAt ?? booking.visitEndsAt,
  });
  const keyEndsAt = allowKeyEnd({ from: booking.keyEndsAt, to, now });
  return {
    booking,
    transition,
    actor,
    reason,
    now,
    keyEndsAt,
    values,
    seats: seatsOf(request),
    ...deliveriesOfTransition(request, bookingRules),
  };
}

function valuesOf({ booking, start, quantity }: TransitionRequest): TransitionDraft['values'] {
  const values: TransitionDraft['values'] = quantity === undefined ? {} : { quantity };
  if (start === undefined) return values;
  const span = visitSpan({ service: booking.service, ...start });
  return {
    ...values,
    visitDate: start.date,
    window: start.window,
    visitStartsAt: span.startsAt,
    visitEndsAt: span.endsAt,
  };
}

/** A declined booking keeps its seats while the decline can be undone. After that a cron task frees them. */
function seatsOf({ booking, transition, start }: TransitionRequest): TransitionDraft['seats'] {
  if (transition === 'cancel' || transition === 'lapse' || transition === 'drop') return 'free';
  if (transition !== 'reschedule' && transition !== 'release') return 'keep';
  const service = findService(booking.service);
  const slot = start ?? { date: booking.visitDate, window: booking.window };
  const slots = service === undefined ? null : listJobSlots(bookingRules, service, slot);
  if (slots === null) throw new Error('A window that is not offered');
  return slots;
}
