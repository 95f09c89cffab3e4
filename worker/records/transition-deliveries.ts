import type { BookingRules } from '../../shared/content/booking-rules.ts';
import { type Actor, type BookingTransition, UNDO_MINUTES } from '../../shared/states.ts';
import { later } from '../../shared/time.ts';
import type { Booking } from '../store/bookings.ts';
import type { Channel, NewDelivery, NewDeliveryBy } from '../store/deliveries.ts';

/** What a move says to the world: the messages, the channels whose older ones they overtake, and the version step. */
export interface TransitionDeliveries {
  deliveries: NewDelivery[];
  supersedes: Channel[];
  versionStep: 1 | 2;
}

/** Who moves which booking how, as far as the messages depend on it. */
interface Transition {
  booking: Pick<Booking, 'state' | 'stateAt'>;
  transition: BookingTransition;
  actor: Actor;
  /** True where nothing changes that dispatch receives. */
  keepsJob?: boolean;
  now: Date;
}

/** The messages that a move causes, by the settings for dispatch and customers' e-mail. */
export function deliveriesOfTransition(
  moved: Transition,
  rules: BookingRules,
): TransitionDeliveries {
  const keepsJob = moved.keepsJob === true;
  const dispatch = keepsJob ? [] : dispatchDeliveries(moved, rules);
  const mails = [...staffMails(moved), ...customerMails(moved, rules)];
  const supersedes: Channel[] = mails.map(({ channel }) => channel);
  if (!keepsJob && changesDispatch(moved.transition)) supersedes.push('dispatch');
  if (moved.transition === 'undoConfirm' || moved.transition === 'undoDecline')
    supersedes.push('customer-email');
  const erases = dispatch.some(({ kind }) => kind === 'job.erased');
  return { deliveries: [...dispatch, ...mails], supersedes, versionStep: erases ? 2 : 1 };
}

function dispatchDeliveries(moved: Transition, rules: BookingRules): NewDelivery[] {
  const { booking, transition, now } = moved;
  const early = rules.dispatch.from === 'requested';
  const undoEnd = later(now, { minutes: UNDO_MINUTES });
  switch (transition) {
    case 'confirm':
      return [draft('dispatch', 'job.confirmed', undoEnd)];
    case 'undoConfirm':
    case 'undoDecline':
    case 'release':
      return early ? [draft('dispatch', 'job.requested', now)] : [];
    case 'decline':
      return endAtDispatch(undoEnd);
    case 'lapse':
      return endAtDispatch(now);
    case 'cancel':
      return [draft('dispatch', 'job.cancelled', now)];
    case 'reschedule':
    case 'correct':
      if (booking.state === 'requested' && !early) return [];
      return [changeAtDispatch(moved)];
    case 'complete':
    case 'drop':
      return [];
  }
}

/** While a confirm can still be undone, dispatch has not heard of it: the change goes out as the confirm. */
function changeAtDispatch({ booking, transition, now }: Transition): NewDelivery {
  const told = later(booking.stateAt, { minutes: UNDO_MINUTES });
  if (booking.state === 'confirmed' && now < told) return draft('dispatch', 'job.confirmed', told);
  return draft('dispatch', transition === 'reschedule' ? 'job.rescheduled' : 'job.updated', now);
}

/** The job is off, and once that is settled its data must go: the erasure counts one version more. */
function endAtDispatch(dueAt: Date): NewDelivery[] {
  const cancelled = { ...draft('dispatch', 'job.cancelled', dueAt), versionOffset: -1 };
  return [cancelled, { ...draft('dispatch', 'job.erased', dueAt), afterId: cancelled.id }];
}

function changesDispatch(transition: BookingTransition): boolean {
  return transition !== 'complete' && transition !== 'drop';
}

/** Staff hear of what the customer did, not of what they did themselves. */
function staffMails({ transition, actor, now }: Transition): NewDelivery[] {
  if (actor !== 'customer') return [];
  if (transition === 'cancel') return [draft('staff-email', 'booking.cancelled', now)];
  return transition === 'reschedule' || transition === 'correct'
    ? [draft('staff-email', 'booking.changed', now)]
    : [];
}

function customerMails({ transition, now }: Transition, rules: BookingRules): NewDelivery[] {
  const kinds: Partial<Record<BookingTransition, NewDeliveryBy<'customer-email'>['kind']>> = {
    confirm: 'booking.confirmed',
    reschedule: 'booking.changed',
    cancel: 'booking.cancelled',
    decline: 'booking.cancelled',
    release: 'booking.received',
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
