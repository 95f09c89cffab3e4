import type { BookingRules } from '../../shared/content/booking-rules.ts';
import {
  type Actor,
  type BookingState,
  type BookingTransition,
  UNDO_MINUTES,
} from '../../shared/states.ts';
import { later } from '../../shared/time.ts';
import { SET_ASIDE } from '../store/held.ts';
import type { Booking } from '../store/bookings.ts';
import type { Channel, NewDelivery, NewDeliveryBy } from '../store/deliveries.ts';

/**
 * The deliveries of a transition, the channels whose older deliveries they supersede, and by how much the booking's version
 * grows: by two where dispatch is sent a cancellation and an erasure, since each needs a version of its own.
 */
export interface TransitionDeliveries {
  deliveries: NewDelivery[];
  supersedes: Channel[];
  versionStep: 1 | 2;
}

/** What the deliveries depend on. */
interface Transition {
  booking: Pick<Booking, 'state' | 'stateAt' | 'holdReason'>;
  transition: BookingTransition;
  /** The state that it ends in. */
  state: BookingState;
  actor: Actor;
  /** True where nothing changes that dispatch receives. */
  keepsJob?: boolean;
  /** True where nobody gets mail about it. */
  isQuiet?: boolean;
  now: Date;
}

/** Transitions of which dispatch never hears. */
const silent: readonly BookingTransition[] = [
  ...(['unreachable', 'drop', 'assign', 'onTheWay', 'atWork'] as const),
  ...(['price', 'agree', 'pay', 'undoPay', 'rate'] as const),
];
/** Transitions after which a mail that waits for a customer is no longer true. */
const undoing: readonly BookingTransition[] = ['undoConfirm', 'undoDecline'];

/** The deliveries that a transition causes. The settings say when dispatch hears of a job and whether customers get mail. */
export function deliveriesOfTransition(
  request: Transition,
  rules: BookingRules,
): TransitionDeliveries {
  // While a request is held, dispatch has no job to change. What tells it of the end is not superseded either.
  const isHeld = request.booking.state === 'held' && request.transition !== 'release';
  const keepsJob = request.keepsJob === true || isHeld || silent.includes(request.transition);
  const dispatch = keepsJob ? [] : dispatchDeliveries(request, rules);
  const mails =
    request.isQuiet === true ? [] : [...staffMails(request), ...customerMails(request, rules)];
  const supersedes: Channel[] = mails.map(({ channel }) => channel);
  if (!keepsJob) supersedes.push('dispatch');
  if (request.transition === 'setAside') supersedes.push('staff-email');
  if (undoing.includes(request.transition)) supersedes.push('customer-email');
  const erases = dispatch.some(({ kind }) => kind === 'job.erased');
  return { deliveries: [...dispatch, ...mails], supersedes, versionStep: erases ? 2 : 1 };
}

function dispatchDeliveries(request: Transition, rules: BookingRules): NewDelivery[] {
  const { booking, transition, now } = request;
  const early = rules.dispatch.from === 'requested';
  const undoEnd = later(now, { minutes: UNDO_MINUTES });
  switch (transition) {
    case 'confirm':
      return [draft('dispatch', 'job.confirmed', undoEnd)];
    case 'undoResult':
      return [draft('dispatch', 'job.confirmed', now)];
    case 'undoCancel':
      if (request.state === 'confirmed') return [draft('dispatch', 'job.confirmed', now)];
      return early ? [draft('dispatch', 'job.requested', now)] : [];
    case 'undoConfirm':
      // Dispatch has the job already where it was confirmed by another undo; else nothing was sent and the cancellation is dropped.
      return [draft('dispatch', early ? 'job.requested' : 'job.cancelled', now)];
    case 'undoDecline':
    case 'release':
      return early ? [draft('dispatch', 'job.requested', now)] : [];
    case 'decline':
      return endAtDispatch(undoEnd);
    case 'lapse':
      return endAtDispatch(now);
    case 'cancel':
    case 'noShow':
    case 'setAside':
      return [draft('dispatch', 'job.cancelled', now)];
    case 'reschedule':
    case 'correct':
      if (booking.state === 'requested' && !early) return [];
      return [changeAtDispatch(request)];
    case 'complete':
      return [draft('dispatch', 'job.completed', now)];
    case 'unreachable':
    case 'drop':
    case 'assign':
    case 'onTheWay':
    case 'atWork':
    case 'price':
    case 'agree':
    case 'pay':
    case 'undoPay':
    case 'rate':
      return [];
  }
}

/** While a confirm can still be undone, its `job.confirmed` is not sent yet. A new one with the change takes its place. */
function changeAtDispatch({ booking, transition, now }: Transition): NewDelivery {
  const undoEnd = later(booking.stateAt, { minutes: UNDO_MINUTES });
  if (booking.state === 'confirmed' && now < undoEnd)
    return draft('dispatch', 'job.confirmed', undoEnd);
  return draft('dispatch', transition === 'reschedule' ? 'job.rescheduled' : 'job.updated', now);
}

/** Cancels the job at dispatch, and after that delivery has ended asks to erase its data, with the next version. */
function endAtDispatch(dueAt: Date): NewDelivery[] {
  const cancelled = { ...draft('dispatch', 'job.cancelled', dueAt), versionOffset: -1 };
  return [cancelled, { ...draft('dispatch', 'job.erased', dueAt), afterId: cancelled.id }];
}

/** Staff get mail about what the customer did, not about what they did themselves: their calendar follows by itself. */
function staffMails({ transition, actor, now }: Transition): NewDelivery[] {
  if (actor !== 'customer') return [];
  if (transition === 'cancel') return [draft('staff-email', 'booking.cancelled', now)];
  const isChange = transition === 'reschedule' || transition === 'correct';
  return isChange ? [draft('staff-email', 'booking.changed', now)] : [];
}

function customerMails(
  { booking, transition, state, now }: Transition,
  rules: BookingRules,
): NewDelivery[] {
  // Whoever was set aside has had the mail when the request came.
  if (transition === 'release' && booking.holdReason === SET_ASIDE) return [];
  const kinds: Partial<Record<BookingTransition, NewDeliveryBy<'customer-email'>['kind']>> = {
    confirm: 'booking.confirmed',
    reschedule: 'booking.changed',
    cancel: 'booking.cancelled',
    decline: 'booking.cancelled',
    release: 'booking.received',
    undoCancel: state === 'confirmed' ? 'booking.confirmed' : 'booking.received',
  };
  const kind = kinds[transition];
  if (!rules.customerEmail || kind === undefined) return [];
  const undoable = transition === 'confirm' || transition === 'decline';
  return [draft('customer-email', kind, undoable ? later(now, { minutes: UNDO_MINUTES }) : now)];
}

function draft<By extends Channel>(
  channel: By,
  kind: NewDeliveryBy<By>['kind'],
  dueAt: Date,
): NewDeliveryBy<By> {
  return { id: crypto.randomUUID(), channel, kind, versionOffset: 0, dueAt, afterId: null };
}
