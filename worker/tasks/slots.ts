import { addDays, fromVietnam, later, toVietnamDate } from '../../shared/time.ts';
import { findTaskRun, claimSlot } from '../store/task-runs.ts';

/** Grace period for a task's very first run: on a new installation, an earlier slot was not missed. */
const FIRST_RUN_MINUTES = 5;

/** The newest start of a daily slot (HH:MM in Vietnam) at or before an instant. Days missed before it are not made up for. */
export function dailySlot(now: Date, time: string): Date {
  const today = toVietnamDate(now);
  const start = fromVietnam(today, time);
  return start <= now ? start : fromVietnam(addDays(today, -1), time);
}

/** The start of the slot of so many minutes, counted from the full hour, in which an instant lies. */
export function minuteSlot(now: Date, minutes: number): Date {
  const ms = minutes * 60_000;
  return new Date(Math.floor(now.getTime() / ms) * ms);
}

/** A task that runs once a slot. Its statements are drafted first, then written in one batch with the claim of the slot. */
interface SlotTask {
  task: string;
  startsAt: Date;
  now: Date;
  /** Hours after its start in which a slot still counts; a later run claims it and writes nothing. Absent: it always counts. */
  lateHours?: number;
  /** Drafts the statements; `since` is when the task last ran, null on its first run. */
  draft: (since: Date | null) => Promise<readonly D1PreparedStatement[]>;
}

/** Runs a task for its slot unless it ran before; true where this call did it. */
export async function runSlot(db: D1Database, slot: SlotTask): Promise<boolean> {
  const { task, startsAt } = slot;
  const last = await findTaskRun(db, task);
  if (last !== null && last.ranFor >= startsAt.toISOString()) return false;
  const statements = isTooLate(slot, last === null) ? [] : await slot.draft(last?.at ?? null);
  return claimSlot(db, slot, statements);
}

function isTooLate({ startsAt, now, lateHours }: SlotTask, first: boolean): boolean {
  if (lateHours === undefined) return false;
  return now > later(startsAt, first ? { minutes: FIRST_RUN_MINUTES } : { hours: lateHours });
}
