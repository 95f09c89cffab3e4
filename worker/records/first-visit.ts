import type { Person } from '../../shared/forms/person.ts';
import { canRepeat } from '../../shared/forms/repeat.ts';
import { retention } from '../../shared/privacy/register.ts';
import { addPeriod, planKeyEnd } from '../../shared/privacy/retention.ts';
import type { Actor, BookingState, BookingTransition } from '../../shared/states.ts';
import { openKeyStore, resealPerson } from '../personal-data/key-store.ts';
import type { Booking } from '../store/bookings.ts';
import type { VisitChange } from '../store/plan-states.ts';
import { findPlan } from '../store/plans.ts';
import { isOffered, isWaiting } from './plan-decisions.ts';

/** A transition of a visit, as far as its plan may follow it. */
interface Moved {
  booking: Booking;
  transition: BookingTransition;
  actor: Actor;
  /** The state it ends in; null where it stays. */
  to: BookingState | null;
  /** The details as they are put right. */
  person?: Person;
  /** What the visit is for afterwards. */
  work: Pick<Booking, 'visit' | 'services'>;
  /** Whether the visit follows its plan by it. */
  isPlanned: boolean;
  now: Date;
}

/** What belongs to one visit only. */
const ofOneVisit = { staffNote: null, covers: null, agreedCovers: null, ratingWords: null };

/**
 * How the plan of a visit follows a transition of it; null where it does not. While the plan waits with its first visit, it takes
 * over what is put right of that, and where that is moved to. `stale` where the visit has still to take a change of the plan over,
 * `ended` where the plan's personal data has expired.
 */
export async function planOfTransition(
  env: Env,
  { booking, transition, actor, to, person, work, isPlanned, now }: Moved,
): Promise<VisitChange | null | 'stale' | 'ended'> {
  const { planId } = booking;
  if (planId === null) return null;
  const change: VisitChange = {
    ...{ planId, actor, to, since: booking.stateAt, type: transition, correction: null },
    keyEndsAt: planKeyEnd(booking.visitEndsAt),
    endedKeyEndsAt: addPeriod(now, retention.cancelled.period),
  };
  if (to !== null) return change;
  if (booking.origin === 'plan' || isPlanned) return null;
  if (transition === 'reschedule') return change;
  if (transition !== 'correct') return null;
  const plan = await findPlan(env.DB, planId);
  if (plan === null || !isWaiting(plan)) return null;
  if (plan.terms !== booking.planTerms) return 'stale';
  const sealed =
    person === undefined
      ? null
      : await resealPerson(openKeyStore(env), planId, { ...person, ...ofOneVisit });
  if (person !== undefined && sealed === null) return 'ended';
  const takesServices =
    canRepeat(work) && isOffered(plan, { action: 'services', services: [...work.services] });
  return { ...change, correction: { version: plan.version, sealed, takesServices } };
}
