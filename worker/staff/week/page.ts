import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { bookingRules } from '../../../shared/content/catalogue.ts';
import { addDays, formatShortDate, parseDate, toVietnamDate } from '../../../shared/time.ts';
import type { AppContext } from '../../web/context.ts';
import { quarantinedParts, waitingParts } from '../../wording/report-lines.ts';
import type { LinkedRecord } from '../../signing/links.ts';
import { freshStaffPath, issueWeekActionToken } from '../../signing/staff-links.ts';
import { answerPage } from '../../web/pages.ts';
import { listInState, listQuarantinedMessages } from '../../store/due.ts';
import { readOccupancy, listSeatedJobs } from '../../store/seats.ts';
import { dayData } from './day.ts';

/** Days that the page shows at once. */
export const WEEK_DAYS = 7;
/** How many days back the page can begin. */
const PAST_DAYS = 60;

export interface WeekView {
  /** The token of the link, already found genuine. */
  weekToken: string;
  /** First day as the address or form names it; the page begins today where that is missing or out of range. */
  from: string | undefined;
  /** What was done, or why nothing was. */
  notice?: string | null;
  /** Whether the notice is about something that went wrong. */
  wrong?: boolean;
  status?: ContentfulStatusCode;
}

export function weekHref(weekToken: string, from: string): string {
  return `/viec/lich/${weekToken}/?from=${from}`;
}

/** The first day to show: the requested one if the page may begin there, else today. */
export function readFrom(requested: string | undefined, now: Date): string {
  const today = toVietnamDate(now);
  const from = parseDate(requested ?? '');
  return from !== null && isNear(from, today) ? from : today;
}

function isNear(day: string, today: string): boolean {
  return day >= addDays(today, -PAST_DAYS) && day <= addDays(today, bookingRules.horizonDays);
}

/** The week's page: waiting records, then each day's windows with seats, jobs and locks, and forms to change them. */
export async function answerWeek(c: AppContext, view: WeekView): Promise<Response> {
  const { now, staffSigning } = c.var;
  const from = readFrom(view.from, now);
  const token = await issueWeekActionToken(staffSigning, view.weekToken);
  const [waiting, days] = await Promise.all([waitingData(c), daysData(c, from)]);
  return answerPage(c, {
    path: '/khung/lich/',
    status: view.status ?? 200,
    keeping: 'personal',
    data: {
      title: 'Lịch tuần',
      notice: view.wrong === true ? null : (view.notice ?? null),
      warning: view.wrong === true ? (view.notice ?? null) : null,
      token,
      closeToken: token,
      from,
      addHref: `/viec/lich/${view.weekToken}/them/?from=${from}&week=${from}`,
      lockAction: `/viec/lich/${view.weekToken}/khoa/`,
      cancelAction: `/viec/lich/${view.weekToken}/huy/`,
      closeAction: `/viec/lich/${view.weekToken}/dong/`,
      ...pagerData(view.weekToken, from, toVietnamDate(now)),
      ...waiting,
      days,
    },
  });
}

function pagerData(weekToken: string, from: string, today: string) {
  const linkTo = (day: string) => (isNear(day, today) ? weekHref(weekToken, day) : null);
  return {
    range: `${formatShortDate(from)} – ${formatShortDate(addDays(from, WEEK_DAYS - 1))}`,
    earlierHref: linkTo(addDays(from, -WEEK_DAYS)),
    laterHref: linkTo(addDays(from, WEEK_DAYS)),
    todayHref: from === today ? null : weekHref(weekToken, today),
  };
}

async function waitingData(c: AppContext) {
  const [waiting, heldBookings, heldMessages] = await Promise.all([
    listInState(c.env.DB, 'requested'),
    listInState(c.env.DB, 'held'),
    listQuarantinedMessages(c.env.DB),
  ]);
  const held = [...heldBookings, ...heldMessages];
  const link = async <Parts>(record: LinkedRecord, parts: Parts) => ({
    ...parts,
    href: await freshStaffPath(c.var.staffSigning, record),
  });
  return {
    waiting: await Promise.all(waiting.map((row) => link(row, waitingParts(row)))),
    held: await Promise.all(held.map((row) => link(row, quarantinedParts(row, c.var.now)))),
  };
}

async function daysData(c: AppContext, from: string) {
  const span = { from, to: addDays(from, WEEK_DAYS - 1) };
  const [jobs, { locked }] = await Promise.all([
    listSeatedJobs(c.env.DB, span),
    readOccupancy(c.env.DB, span),
  ]);
  const hrefs = new Map<string, string>();
  for (const job of jobs) hrefs.set(job.id, await freshStaffPath(c.var.staffSigning, job));
  const today = toVietnamDate(c.var.now);
  return Array.from({ length: WEEK_DAYS }, (_, index) => {
    const date = addDays(from, index);
    const own = jobs.filter((job) => job.date === date);
    return dayData(bookingRules, { date, today, jobs: own, locked, hrefs });
  });
}
