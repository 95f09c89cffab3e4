import { type Correction, correctSizes } from '../../shared/forms/correction.ts';
import type { CorrectionReason } from '../../shared/jobs/reasons.ts';
import type { VisitService } from '../../shared/jobs/visit.ts';
import type { Person } from '../../shared/forms/person.ts';
import { fieldsFor } from '../../shared/privacy/register-fields.ts';
import { readPerson } from '../personal-data/read-person.ts';
import type { ActionRole } from '../signing/links.ts';
import { type Booking, findBooking } from '../store/bookings.ts';
import { findPlan, type Plan } from '../store/plans.ts';
import type { AppContext } from '../web/context.ts';
import { type ActionOutcome, type BookingAction, runBookingAction } from './booking-action.ts';
import { runPlanAction } from './change-plan.ts';
import { type FoundSubject, idOf } from './find-record.ts';
import { finishRight, startRight } from './rights.ts';

/** The page whose token allows a correction. */
interface Allowed {
  token: string;
  role: ActionRole;
}

/**
 * Corrects the details of a booking, or of all visits of a plan that follow, for its customer. Staff get mail about it. A
 * correction to what is stored already changes nothing.
 */
export async function correctDetails(
  c: AppContext,
  { record, ...allowed }: { record: Exclude<FoundSubject, { kind: 'message' }> } & Allowed,
  change: { person: Person; correction: Correction },
): Promise<ActionOutcome> {
  if (isNoChange(record.kind === 'plan' ? record.plan : record.booking, change)) return 'repeated';
  const id = await startRight(c, { subjectId: idOf(record), kind: 'correct' });
  const outcome =
    record.kind === 'plan'
      ? await writePlanCorrection(c, { plan: record.plan, ...allowed, actor: 'customer' }, change)
      : await writeCorrection(
          c,
          { booking: record.booking, ...allowed, actor: 'customer' },
          change,
        );
  if (outcome === 'done' || outcome === 'repeated') await finishRight(c, id);
  return outcome;
}

/** What is corrected: the details as they are, what was put right, and the note of staff where it changes too. */
interface CorrectionChange {
  person: Person;
  correction: Correction;
  /** Another ward, which staff put right. */
  ward?: string;
  staffNote?: string | null;
}

/** Writes corrected details; dispatch gets the change only in fields that it receives. */
export async function writeCorrection(
  c: AppContext,
  asked: Pick<BookingAction, 'booking' | 'token' | 'role' | 'actor'>,
  change: CorrectionChange,
): Promise<ActionOutcome> {
  const { booking } = asked;
  const { person, ward = booking.ward } = change;
  const { services, corrected } = applyCorrection(booking, change);
  const outcome = await runBookingAction(c, {
    ...asked,
    transition: 'correct',
    services,
    ward,
    person: corrected,
    reason: corrected.phone === person.phone ? null : ('phone' satisfies CorrectionReason),
    keepsJob:
      ward === booking.ward &&
      isSameSizes(services, booking.services) &&
      isSameJob(person, corrected),
  });
  if (outcome !== 'repeated') return outcome;
  // A page opened before another correction may ask for something that is not stored.
  return (await isStored(c, booking.id, { services, ward, corrected })) ? 'repeated' : 'outdated';
}

/** Corrects a plan: its coming visits get the same details. */
export async function writePlanCorrection(
  c: AppContext,
  asked: { plan: Plan; actor: 'customer' | 'staff' } & Allowed,
  change: CorrectionChange,
): Promise<ActionOutcome> {
  const { plan } = asked;
  const { ward = plan.ward } = change;
  const { corrected } = applyCorrection(plan, change);
  const outcome = await runPlanAction(c, {
    ...asked,
    change: { action: 'contact', person: corrected, ward },
    isSame: () => isPlanStored(c, plan, { ward, corrected }),
  });
  return outcome === 'refused' ? 'outdated' : outcome;
}

async function isPlanStored(
  c: AppContext,
  { id }: Plan,
  { ward, corrected }: Omit<Corrected, 'services'>,
): Promise<boolean> {
  const plan = await findPlan(c.env.DB, id);
  if (plan?.ward !== ward) return false;
  const view = await readPerson(c.env, plan, c.var.now);
  return view.state === 'open' && isSamePerson(view.person, corrected);
}

/** What a record has once it is corrected. */
type Corrected = Pick<Booking, 'services' | 'ward'> & { corrected: Person };

async function isStored(
  c: AppContext,
  id: string,
  { services, ward, corrected }: Corrected,
): Promise<boolean> {
  const booking = await findBooking(c.env.DB, id);
  if (booking?.ward !== ward || !isSameSizes(services, booking.services)) return false;
  const view = await readPerson(c.env, booking, c.var.now);
  return view.state === 'open' && isSamePerson(view.person, corrected);
}

function isNoChange(booking: Pick<Booking, 'services'>, change: CorrectionChange): boolean {
  const { services, corrected } = applyCorrection(booking, change);
  return isSameSizes(services, booking.services) && isSamePerson(change.person, corrected);
}

function applyCorrection(
  booking: Pick<Booking, 'services'>,
  { person, correction, staffNote = person.staffNote }: CorrectionChange,
): { services: VisitService[]; corrected: Person } {
  const { quantity, sizes, ...details } = correction;
  const services = correctSizes(booking.services, { quantity, sizes });
  return { services, corrected: { ...correctPerson(person, details), staffNote } };
}

function correctPerson(person: Person, correction: Omit<Correction, 'quantity' | 'sizes'>): Person {
  const { phone, ...texts } = correction;
  if (phone === undefined || phone.e164 === person.phone) return { ...person, ...texts };
  const { e164, translatedFrom: retiredPhone } = phone;
  const sentWith = person.formerPhone ?? person.phone;
  const formerPhone = sentWith === e164 ? null : sentWith;
  return { ...person, ...texts, phone: e164, retiredPhone, formerPhone };
}

function isSamePerson(one: Person, other: Person): boolean {
  return (Object.keys(one) as (keyof Person)[]).every((field) => one[field] === other[field]);
}

function isSameSizes(one: readonly VisitService[], other: readonly VisitService[]): boolean {
  return one.every(({ quantity }, at) => quantity === other[at]?.quantity);
}

/** Whether the fields that dispatch receives are the same. */
function isSameJob(one: Person, other: Person): boolean {
  return fieldsFor('dispatch').every((field) => one[field] === other[field]);
}
