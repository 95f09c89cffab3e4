import {
  firstOfferedDay,
  isBookableDay,
  listOpenDays,
  type OpenDay,
  type OpenWindow,
  type StartQuestion,
} from '../../shared/jobs/availability.ts';
import { addDays, daysBetween, formatSpan, parseDate, toVietnamDate } from '../../shared/time.ts';
import { readOccupancy } from '../store/seats.ts';

/** Days that a form shows side by side, with the windows of one of them. */
export const FORM_DAYS = 14;

/** Some days of windows. */
export interface WindowPage {
  from: string;
  /** First days of all pages, counted from the first day that offers a start. */
  starts: string[];
  days: OpenDay[];
}

/**
 * Fourteen days of windows from the day asked for, or from today where that is not a day in the calendar. Days before the
 * first one that offers a start are skipped. The seats of `exceptBookingId` count as free, since rescheduling frees them.
 */
export async function readWindowPage(
  db: D1Database,
  question: StartQuestion,
  { from: asked = '', exceptBookingId }: { from: string | undefined; exceptBookingId?: string },
): Promise<WindowPage> {
  const today = toVietnamDate(question.now);
  const last = addDays(today, question.rules.horizonDays);
  const day = parseDate(asked);
  const wanted = day !== null && isBookableDay(question.rules, day, today) ? day : today;
  const from = firstOfferedDay(question, { from: wanted, to: last });
  const first = firstOfferedDay(question, { from: today, to: last });
  const pages = Math.floor(daysBetween(first, last) / FORM_DAYS) + 1;
  return {
    from,
    starts: Array.from({ length: Math.max(1, pages) }, (_, index) =>
      addDays(first, index * FORM_DAYS),
    ),
    days: await readOpenDays(db, question, { from, days: FORM_DAYS, exceptBookingId }),
  };
}

/** The windows of some days with the seats that are left. */
export async function readOpenDays(
  db: D1Database,
  question: StartQuestion,
  { from, days, exceptBookingId }: { from: string; days: number; exceptBookingId?: string },
): Promise<OpenDay[]> {
  const span = { from, to: addDays(from, days - 1) };
  const occupancy = await readOccupancy(db, question.rules, { ...span, exceptBookingId });
  return listOpenDays(question, { from, days }, occupancy);
}

/** What every list of windows shows of one: its value in a form, name and hours. */
export function describeWindow(date: string, { id, label, from, to, note }: OpenWindow) {
  return { slot: `${date}/${id}`, label, hours: formatSpan({ from, to }), note };
}
