import { toVietnamDate } from '../../shared/time.ts';
import { eraseRecord } from '../../worker/personal-data/erase.ts';
import { openRecord } from '../../worker/personal-data/read-person.ts';
import { transitionBooking } from '../../worker/records/booking-transition.ts';
import { followPlan } from '../../worker/records/follow-plan.ts';
import { type Booking, findBooking } from '../../worker/store/bookings.ts';
import { listPlanVisits } from '../../worker/store/plan-visits.ts';
import { findPlan } from '../../worker/store/plans.ts';
import { check } from './check.ts';
import { bookMadeUp } from './made-up.ts';

/** A plan that runs, and the visits that it had when it was copied. */
interface MadePlan {
  id: string;
  visits: readonly Booking[];
}

/** Takes a weekly plan for a made-up person, confirms its first visit and lets it make the others. */
export async function makePlan(
  env: Env,
  person: { name: string; phone: string },
  now: Date,
): Promise<MadePlan> {
  const { id } = await bookMadeUp(env, { ...person, repeat: 'weekly' }, now);
  const booking = await findBooking(env.DB, id);
  const planId = booking?.planId ?? null;
  if (booking === null || planId === null) throw new Error('Không đặt được lịch định kỳ.');
  await transitionBooking(env, { booking, transition: 'confirm', actor: 'staff', now });
  await followPlan(env, planId, { now });
  const visits = await listVisits(env, planId, now);
  check(visits.length > 1, 'Lịch định kỳ không xếp được buổi nào.');
  return { id: planId, visits };
}

export async function erasePlanOf(env: Env, { id }: MadePlan, now: Date): Promise<void> {
  await eraseRecord(env, { id, cause: 'request', actor: 'customer', now });
  await followPlan(env, id, { now });
}

/**
 * After a restore: of the erased plan neither the plan nor a visit can be read, the other one reads as before and makes no visit
 * twice. Returns how many visits it has.
 */
export async function checkPlans(
  env: Env,
  { gone, kept }: { gone: MadePlan; kept: MadePlan },
  now: Date,
): Promise<number> {
  check(isEmptied(await findPlan(env.DB, gone.id)), 'Lịch đã xóa vẫn còn đó.');
  for (const { id } of gone.visits) {
    check(isEmptied(await findBooking(env.DB, id)), 'Một buổi của lịch đã xóa vẫn còn đó.');
  }
  const plan = await findPlan(env.DB, kept.id);
  if (plan === null) throw new Error('Bản sao thiếu một lịch định kỳ.');
  check((await openRecord(env, plan, now)).state === 'open', 'Lịch không xóa lại không đọc được.');
  await followPlan(env, kept.id, { now });
  const visits = await listVisits(env, kept.id, now);
  const days = new Set(visits.map(({ rhythmDate }) => rhythmDate));
  check(days.size === visits.length, 'Lịch không xóa có hai buổi cho một ngày.');
  check(visits.length >= kept.visits.length, 'Lịch không xóa mất một buổi.');
  for (const visit of visits) {
    const { state } = await openRecord(env, visit, now);
    check(state === 'open', 'Một buổi của lịch không xóa không đọc được.');
  }
  return visits.length;
}

function listVisits(env: Env, planId: string, now: Date): Promise<Booking[]> {
  return listPlanVisits(env.DB, planId, { today: toVietnamDate(now), now });
}

function isEmptied(record: { erasedAt: Date | null; sealed: Uint8Array } | null): boolean {
  return record !== null && record.erasedAt !== null && record.sealed.length === 0;
}
