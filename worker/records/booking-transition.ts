import { listJobSlots } from '../../shared/jobs/availability.ts';
import { bookingRules } from '../../shared/content/catalogue.ts';
import { measureVisit, type VisitService } from '../../shared/jobs/visit.ts';
import type { VisitKind } from '../../shared/content/services.ts';
import type { Person } from '../../shared/forms/person.ts';
import { bookingKeyEnd } from '../../shared/privacy/retention.ts';
import {
  type Actor,
  type BookingState,
  type BookingTransition,
  bookingTransitions,
} from '../../shared/states.ts';
import { visitSpan } from './accept-booking.ts';
import { planOfTransition } from './first-visit.ts';
import { hashForSearch } from './sender-hashes.ts';
import { allowKeyEnd, writeWithKeyEnd } from '../personal-data/key-ends.ts';
import { deliveriesOfTransition } from './transition-deliveries.ts';
import type { Amendment } from '../store/amendments.ts';
import type { Booking } from '../store/bookings.ts';
import {
  type TransitionDraft,
  writeTransition,
  writeTransitions,
} from '../store/booking-transitions.ts';
import { limitStaffMails } from '../store/staff-mails.ts';
import { findFormerState } from '../store/events.ts';
import { openKeyStore, resealPerson } from '../personal-data/key-store.ts';

/** A transition that someone asks for. */
export interface TransitionRequest {
  booking: Booking;
  transition: BookingTransition;
  actor: Actor;
  /** A reason from a fixed list, or null. */
  reason?: string | null;
  now: Date;
  /**
   * The new start, for `reschedule`, and for a `release` or `undoCancel` into another window. For `correct` the start that it has,
   * where its services take more or fewer windows than before.
   */
  start?: { date: string; window: string };
  /** The personal data with what changes in it, for `correct`, and where a price or a rating brings words along. */
  person?: Person;
  /** The services as they are put right, for `correct`; with `visit`, which of them and so how long it takes. */
  services?: VisitService[];
  /** The ward as it is put right, for `correct`. */
  ward?: string;
  visit?: VisitKind;
  /** What it writes about price, payment or rating. */
  amendment?: Amendment;
  /** True where the correction changes nothing that dispatch receives. */
  keepsJob?: boolean;
  /** When to call again, for `unreachable`. */
  callAgainAt?: Date;
  /** The crew that gets the job, or null for none, for `assign`. */
  crew?: string | null;
  /** What the visit takes over from its plan: the terms that it follows, and the day that it stands for or null. */
  planned?: Partial<Pick<Booking, 'planTerms' | 'rhythmDate'>>;
  /** True where nobody gets mail about it: one mail speaks for all visits that a plan changes. */
  isQuiet?: boolean;
}

/**
 * - `done`: `deliveryIds` are the deliveries to send now.
 * - `stale`: the booking has changed meanwhile, or its state does not allow the transition.
 * - `full`: no seat is left.
 * - `ended`: the personal data has expired.
 */
export type TransitionOutcome =
  { outcome: 'done'; deliveryIds: string[] } | { outcome: 'stale' | 'full' | 'ended' };

/** Bookings that one batch changes. */
const BATCH_MAX = 50;

const freeing: readonly BookingTransition[] = ['cancel', 'lapse', 'drop', 'setAside'];
const taking: readonly BookingTransition[] = ['reschedule', 'release', 'undoCancel'];

/** Carries out a transition: state, seats, event, key end and deliveries change together or not at all. */
export async function transitionBooking(
  env: Env,
  request: TransitionRequest,
): Promise<TransitionOutcome> {
  const draft = await draftTransition(env, request);
  if (typeof draft === 'string') return { outcome: draft };
  const { booking, now } = request;
  const key = { id: booking.id, from: booking.keyEndsAt, to: draft.keyEndsAt, now };
  const outcome = await writeWithKeyEnd(env, key, () => writeTransition(env.DB, draft));
  if (outcome !== 'done') return { outcome };
  return { outcome: 'done', deliveryIds: listDueNow(draft) };
}

/**
 * Carries out the transitions of many bookings, a batch for each so many of them, in their order; a booking whose window has no
 * seat is passed over. Shorter ends of keys are left to the hourly reconciliation. Returns the deliveries to send now.
 */
export async function transitionMany(
  env: Env,
  requests: readonly TransitionRequest[],
): Promise<{ done: number; deliveryIds: string[] }> {
  const total = { done: 0, deliveryIds: [] as string[] };
  for (let from = 0; from < requests.length; from += BATCH_MAX) {
    const part = requests.slice(from, from + BATCH_MAX);
    const drafted = await Promise.all(part.map((request) => draftTransition(env, request)));
    const drafts = drafted.filter((draft) => typeof draft !== 'string');
    const longer = drafts.filter(({ booking, keyEndsAt }) => keyEndsAt > booking.keyEndsAt);
    const rest = drafts.filter((draft) => !longer.includes(draft));
    const written = rest.length === 0 ? [] : await writeTransitions(env.DB, rest);
    const done = rest.filter((_, index) => written[index]);
    total.done += done.length;
    total.deliveryIds.push(...done.flatMap(listDueNow));
    for (const request of part.filter(({ booking }) =>
      longer.some((one) => one.booking === booking),
    )) {
      const result = await transitionBooking(env, request);
      if (result.outcome !== 'done') continue;
      total.done += 1;
      total.deliveryIds.push(...result.deliveryIds);
    }
  }
  return total;
}

function listDueNow({ deliveries, now }: TransitionDraft): string[] {
  return deliveries
    .filter(({ dueAt, afterId }) => dueAt <= now && afterId === null)
    .map(({ id }) => id);
}

async function draftTransition(
  env: Env,
  request: TransitionRequest,
): Promise<TransitionDraft | 'ended' | 'stale'> {
  const { booking, transition, actor, reason = null, amendment = null, now } = request;
  const values = valuesOf(request);
  const end = await endStateOf(env, request);
  if (end === undefined) return 'stale';
  if (request.person !== undefined) {
    const sealed = await resealPerson(openKeyStore(env), booking.id, request.person);
    if (sealed === null) return 'ended';
    values.sealed = sealed;
    const { phone } = request.person;
    if (phone !== null) values.phoneBucket = (await hashForSearch(env, phone)).newest;
  }
  const state = end ?? booking.state;
  const to = bookingKeyEnd({
    state,
    stateAt: end === null ? booking.stateAt : now,
    visitDate: values.visitDate ?? booking.visitDate,
    visitEndsAt: values.visitEndsAt ?? booking.visitEndsAt,
  });
  // A request that is set aside keeps its key, so that an undo finds it: it outlives the days of a held one.
  const keyEndsAt =
    transition === 'setAside'
      ? booking.keyEndsAt
      : allowKeyEnd({ from: booking.keyEndsAt, to, now });
  const caused = deliveriesOfTransition({ ...request, state }, bookingRules);
  const isPlanned = request.planned !== undefined;
  const moved = { ...request, to: end, work: visitOf(request), isPlanned };
  const plan = await planOfTransition(env, moved);
  if (plan === 'stale' || plan === 'ended') return plan;
  return {
    booking,
    transition,
    to: end,
    actor,
    reason,
    now,
    keyEndsAt,
    values,
    seats: seatsOf(request),
    keepsOwnSeats: request.transition === 'correct',
    amendment,
    plan,
    ...caused,
    deliveries: limitStaffMails(env, caused.deliveries),
  };
}

/**
 * The state that a transition ends in; null where it stays. Undefined where there is none to go back to: only a cancellation by
 * staff is undone, as long as nothing has happened since.
 */
async function endStateOf(
  env: Env,
  { booking, transition }: TransitionRequest,
): Promise<BookingState | null | undefined> {
  // A visit that a plan made was never a request, and dispatch may have heard of it at once.
  if (transition === 'undoConfirm' && booking.origin === 'plan') return undefined;
  const { to } = bookingTransitions[transition];
  return to === 'former' ? findFormerState(env.DB, booking) : to;
}

/** Transitions that say nothing of when the customer is to be called again. */
const keepingCall: readonly BookingTransition[] = ['assign', 'correct'];

function valuesOf({
  booking,
  transition,
  start,
  services,
  visit,
  ward,
  callAgainAt,
  crew,
  planned,
}: TransitionRequest): TransitionDraft['values'] {
  const values: TransitionDraft['values'] = {
    ...planned,
    ...(services === undefined ? {} : { services }),
    ...(visit === undefined ? {} : { visit }),
    ...(ward === undefined ? {} : { ward }),
    callAgainAt: callAgainAt ?? (keepingCall.includes(transition) ? booking.callAgainAt : null),
    ...(crew === undefined ? {} : { crew }),
  };
  if (start === undefined) return values;
  const span = visitSpan(visitOf({ booking, services, visit }), start);
  return {
    ...values,
    visitDate: start.date,
    window: start.window,
    visitStartsAt: span.startsAt,
    visitEndsAt: span.endsAt,
  };
}

/** What the visit is for after the change. */
function visitOf({
  booking,
  services,
  visit,
}: Pick<TransitionRequest, 'booking' | 'services' | 'visit'>) {
  return { visit: visit ?? booking.visit, services: services ?? booking.services };
}

/** A declined booking keeps its seats while the decline can be undone. After that a cron task frees them. */
function seatsOf(request: TransitionRequest): TransitionDraft['seats'] {
  const { booking, transition, start } = request;
  if (freeing.includes(transition)) return 'free';
  const changesLength = transition === 'correct' && start !== undefined;
  if (!taking.includes(transition) && !changesLength) return 'keep';
  const visit = measureVisit(visitOf(request));
  const slot = start ?? { date: booking.visitDate, window: booking.window };
  const slots = visit === undefined ? null : listJobSlots(bookingRules, visit, slot);
  if (slots === null) throw new Error('A window that is not offered');
  return slots;
}
