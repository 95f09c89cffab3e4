import { bookingRules } from '../../shared/content/catalogue.ts';
import type { Person } from '../../shared/forms/person.ts';
import { listJobSlots, refuseStart, type Slot } from '../../shared/jobs/availability.ts';
import { firstOnGrid, listGridDates } from '../../shared/jobs/rhythm.ts';
import { measureVisit } from '../../shared/jobs/visit.ts';
import { bookingKeyEnd, planKeyEnd } from '../../shared/privacy/retention.ts';
import { UNDO_MINUTES } from '../../shared/states.ts';
import { addDays, later, toVietnamDate } from '../../shared/time.ts';
import { discardKey, writeWithKeyEnd } from '../personal-data/key-ends.ts';
import { openKeyStore, sealPerson } from '../personal-data/key-store.ts';
import type { NewDelivery } from '../store/deliveries.ts';
import { extendPlanKey } from '../store/plan-changes.ts';
import { listHandledDates, type MissedDate } from '../store/plan-dates.ts';
import { type NewPlanVisit, type PlanStep, writePlanStep } from '../store/plan-visits.ts';
import type { Plan } from '../store/plans.ts';
import { drawCode, visitSpan } from './accept-booking.ts';
import { hashForSearch } from './sender-hashes.ts';

/** Where fewer days than these lie between a plan's last visit and its key's end, the end is put off. */
const KEY_SPARE_DAYS = 30;

/** The days of a plan that come into the open calendar and have no visit yet, and the day after which it goes on. */
export interface DueDates {
  dates: string[];
  nextDate: string;
}

/** Finds the days for which a plan makes visits now. Days that have passed are left out. */
export async function findDueDates(db: D1Database, plan: Plan, now: Date): Promise<DueDates> {
  const today = toVietnamDate(now);
  const to = addDays(today, bookingRules.horizonDays);
  const nextDate = firstOnGrid(plan, addDays(to, 1));
  if (plan.nextDate > to) return { dates: [], nextDate };
  const from = plan.nextDate > today ? plan.nextDate : today;
  const handled = await listHandledDates(db, plan.id, from);
  const dates = listGridDates(plan, { from, to }).filter((date) => !handled.has(date));
  return { dates, nextDate };
}

/**
 * Makes the visits of a plan for some days, each in the plan's window. What finds no seat, a closed day or a locked window stays
 * an open date. Returns the deliveries to send now.
 */
export async function makeVisits(
  env: Env,
  { plan, person, now }: { plan: Plan; person: Person; now: Date },
  { dates, nextDate }: DueDates,
): Promise<string[]> {
  const visits: NewPlanVisit[] = [];
  const missed: MissedDate[] = [];
  for (const date of dates) {
    const judged = judgeStart(plan, { date, window: plan.window }, now);
    missed.push({
      ...{ planId: plan.id, version: plan.version, rhythmDate: date, now },
      ...judged,
    });
    if (judged.reason !== null) continue;
    const start = { date, window: plan.window };
    visits.push(await draftVisit(env, { plan, person, now }, { rhythmDate: date, start }));
  }
  const isMailed = bookingRules.customerEmail && person.email !== null && dates.length > 0;
  const mail = isMailed ? { id: crypto.randomUUID(), dueAt: endOfUndo(plan, now) } : null;
  return writeStep(env, { plan, visits, missed, nextDate, mail, now });
}

/** Makes the visit of an open date in another window. `full` where that has no seat, or the date is not open any more. */
export async function makeChosenVisit(
  env: Env,
  { plan, person, now }: { plan: Plan; person: Person; now: Date },
  chosen: { rhythmDate: string; start: Slot },
): Promise<{ outcome: 'done'; deliveryIds: string[] } | { outcome: 'full' | 'refused' }> {
  if (judgeStart(plan, chosen.start, now).reason !== null) return { outcome: 'refused' };
  const drafted = await draftVisit(env, { plan, person, now }, chosen);
  const visits = [{ ...drafted, isChosen: true }];
  const step = { plan, visits, missed: [], nextDate: null, mail: null, now };
  const deliveryIds = await writeStep(env, step);
  return deliveryIds.length === 0 ? { outcome: 'full' } : { outcome: 'done', deliveryIds };
}

/** The windows that a visit of a plan would take, or why it can take none. */
function judgeStart(plan: Plan, start: Slot, now: Date): Pick<MissedDate, 'reason' | 'slots'> {
  const visit = measureVisit(plan);
  const slots = visit === undefined ? null : listJobSlots(bookingRules, visit, start);
  if (visit === undefined || slots === null) return { reason: 'closed', slots: [] };
  const isRefused = refuseStart({ rules: bookingRules, visit, now }, start) !== null;
  return { reason: isRefused ? 'late' : null, slots };
}

async function draftVisit(
  env: Env,
  { plan, person, now }: { plan: Plan; person: Person; now: Date },
  { rhythmDate, start }: { rhythmDate: string; start: Slot },
): Promise<NewPlanVisit> {
  const { startsAt, endsAt } = visitSpan(plan, start);
  const life = { stateAt: now, visitDate: start.date, visitEndsAt: endsAt };
  const record = {
    id: crypto.randomUUID(),
    code: drawCode(),
    createdAt: now,
    endsAt: bookingKeyEnd({ ...life, state: 'confirmed' }),
  };
  return {
    id: record.id,
    code: record.code,
    rhythmDate,
    visitDate: start.date,
    window: start.window,
    visitStartsAt: startsAt,
    visitEndsAt: endsAt,
    keyEndsAt: record.endsAt,
    phoneBucket: person.phone === null ? null : (await hashForSearch(env, person.phone)).newest,
    sealed: await sealPerson(openKeyStore(env), record, person),
    slots: judgeStart(plan, start, now).slots,
    deliveries: [confirmedAtDispatch(plan, now)],
    isChosen: false,
  };
}

function confirmedAtDispatch(plan: Plan, now: Date): NewDelivery {
  return {
    id: crypto.randomUUID(),
    channel: 'dispatch',
    kind: 'job.confirmed',
    versionOffset: 0,
    dueAt: endOfUndo(plan, now),
    afterId: null,
  };
}

/** While the confirm that made the plan active can be undone, nobody hears of what it made. */
function endOfUndo(plan: Plan, now: Date): Date {
  const undoEnd = later(plan.stateAt, { minutes: UNDO_MINUTES });
  return undoEnd > now ? undoEnd : now;
}

/** Writes a step and discards the keys of what was not made. Returns the deliveries of what was made. */
async function writeStep(env: Env, step: PlanStep): Promise<string[]> {
  const madeIds = await writePlanStep(env.DB, step);
  const made = step.visits.filter(({ id }) => madeIds.has(id));
  const refused = step.visits.filter(({ id }) => !madeIds.has(id));
  await Promise.all(refused.map(({ id }) => discardKey(env, id)));
  await keepPlanReadable(env, step, made);
  return made.flatMap(({ deliveries }) => deliveries.map(({ id }) => id));
}

/** Puts the end of the plan's key off where its newest visit comes near it. */
async function keepPlanReadable(
  env: Env,
  { plan, now }: { plan: Plan; now: Date },
  made: readonly NewPlanVisit[],
): Promise<void> {
  const last = Math.max(0, ...made.map(({ visitEndsAt }) => visitEndsAt.getTime()));
  if (later(new Date(last), { days: KEY_SPARE_DAYS }) <= plan.keyEndsAt) return;
  const to = planKeyEnd(new Date(last));
  const key = { id: plan.id, from: plan.keyEndsAt, to, now };
  await writeWithKeyEnd(env, key, () => extendPlanKey(env.DB, plan, to));
}
