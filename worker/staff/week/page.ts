import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { bookingRules } from '../../../shared/content/catalogue.ts';
import { measureVisit } from '../../../shared/jobs/visit.ts';
import { countSeatsLeft, type Occupancy, refuseStart } from '../../../shared/jobs/availability.ts';
import {
  addDays,
  formatInstant,
  formatShortDate,
  later,
  parseDate,
  toVietnamDate,
  toVietnamTime,
  formatDayMonth,
  weekdayNames,
  weekdayOf,
} from '../../../shared/time.ts';
import type { AppContext } from '../../web/context.ts';
import { quarantinedParts, waitingParts } from '../../wording/report-lines.ts';
import type { LinkedRecord } from '../../signing/links.ts';
import { freshStaffPath, issueWeekActionToken } from '../../signing/staff-links.ts';
import { answerPage } from '../../web/pages.ts';
import {
  type HeldRecord,
  listHeld,
  listSetAsides,
  listWaitingRequests,
  UNDO_SET_ASIDE_HOURS,
} from '../../store/held.ts';
import { readOccupancy, listSeatedJobs } from '../../store/seats.ts';
import { staffRules } from '../job-page.ts';
import type { FoundRow } from './search.ts';
import { plansData } from './plans.ts';
import { nearData, waitingData } from './waiting.ts';
import { dayData } from './day.ts';
import { devicesData } from './devices.ts';
import { ALL } from './held.ts';
import { listPager, readPage, spanOf } from './list-page.ts';

/** Days that the page shows at once. */
export const WEEK_DAYS = 7;
/** How many days back the page can begin. */
const PAST_DAYS = 60;

export interface WeekView {
  /** The token of the link, already found genuine. */
  weekToken: string;
  /** First day as the address or form names it; the page begins today where that is missing or out of range. */
  from: string | undefined;
  /** The pages of the lists as the address names them: what waits, what is held, plans. */
  waitingPage?: string;
  heldPage?: string;
  plansPage?: string;
  /** What was typed as the span of requests to set aside. */
  sentFrom?: string;
  sentTo?: string;
  /** What was done, or why nothing was; with the job it was done to and the text for its customer. */
  notice?: string | null;
  noticeHref?: string;
  noticeText?: string | null;
  /** What was searched for and what was found; absent where nothing was. */
  query?: string;
  found?: FoundRow[];
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
  const [lists, days, waiting, near, plans, devices] = await Promise.all([
    listsData(c, view, from),
    daysData(c, from),
    waitingData(c),
    nearData(c),
    plansData(c, { page: view.plansPage, href: `${weekHref(view.weekToken, from)}&dinh-ky=` }),
    devicesData(c, view.weekToken),
  ]);
  return answerPage(c, {
    path: '/khung/lich/',
    status: view.status ?? 200,
    keeping: 'personal',
    data: {
      title: 'Việc và lịch tuần',
      notice: view.wrong === true ? null : (view.notice ?? null),
      warning: view.wrong === true ? (view.notice ?? null) : null,
      token,
      closeToken: token,
      linkEnd: staffSigning.until === undefined ? '' : formatInstant(staffSigning.until),
      from,
      addHref: `/viec/lich/${view.weekToken}/them/?from=${from}&week=${from}`,
      lockAction: `/viec/lich/${view.weekToken}/khoa/`,
      cancelAction: `/viec/lich/${view.weekToken}/huy/`,
      closeAction: `/viec/lich/${view.weekToken}/dong/`,
      setAsideAction: `/viec/lich/${view.weekToken}/de-rieng/`,
      undoAction: `/viec/lich/${view.weekToken}/hoan-tac/`,
      releaseAction: `/viec/lich/${view.weekToken}/nhan-lai/`,
      sentFrom: view.sentFrom ?? toMinute(later(now, { hours: -1 })),
      sentTo: view.sentTo ?? toMinute(now),
      ...pagerData(view.weekToken, from, toVietnamDate(now)),
      ...lists,
      ...waiting,
      near,
      ...plans,
      ...devices,
      days,
      jumps: days.map(({ id, date }) => ({
        href: `#${id}`,
        label: `${weekdayNames[weekdayOf(date)]} ${formatDayMonth(date)}`,
      })),
      noticePart: readPart(c.req.query('phan')),
      noticeHref: view.noticeHref ?? null,
      noticeText: view.noticeText ?? null,
      searchAction: `/viec/lich/${view.weekToken}/tim/`,
      query: view.query ?? '',
      found: view.found ?? [],
      foundNone: view.found !== undefined && view.found.length === 0,
    },
  });
}

/** The part of the page that an address names, as a link to it. */
function readPart(part: string | undefined): string | null {
  return part !== undefined && /^[a-z0-9-]{1,30}$/.test(part) ? `#${part}` : null;
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

/** A minute in Vietnam as a control for day and time holds it. */
function toMinute(instant: Date): string {
  return `${toVietnamDate(instant)}T${toVietnamTime(instant)}`;
}

/** What waits and what is held, a page of each, and the set-asides that can be undone. */
async function listsData(c: AppContext, view: WeekView, from: string) {
  const { now } = c.var;
  const span = {
    from: toVietnamDate(now),
    to: addDays(toVietnamDate(now), bookingRules.horizonDays),
  };
  const waitingPage = readPage(view.waitingPage);
  const heldPage = readPage(view.heldPage);
  const [waiting, held, setAsides, occupancy] = await Promise.all([
    listWaitingRequests(c.env.DB, spanOf(waitingPage)),
    listHeld(c.env.DB, spanOf(heldPage)),
    listSetAsides(c.env.DB, now),
    readOccupancy(c.env.DB, bookingRules, span),
  ]);
  const link = async <Parts>(record: LinkedRecord, parts: Parts) => ({
    ...parts,
    href: await freshStaffPath(c.var.staffSigning, record),
  });
  const here = weekHref(view.weekToken, from);
  const heldRows = held.rows.map((row) => ({ row, ...heldData(row, occupancy, now) }));
  return {
    waiting: await Promise.all(waiting.rows.map((row) => link(row, waitingParts(row, now)))),
    waitingTotal: waiting.total === 0 ? null : waiting.total,
    ...listPager('waiting', {
      ...{ total: waiting.total, page: waitingPage },
      href: `${here}&rieng=${heldPage}&cho=`,
    }),
    canSetAside: waiting.total > 0,
    held: await Promise.all(heldRows.map(({ row, parts }) => link(row, parts))),
    heldTotal: held.total === 0 ? null : held.total,
    ...listPager('held', {
      ...{ total: held.total, page: heldPage },
      href: `${here}&cho=${waitingPage}&rieng=`,
    }),
    dropChoices: heldRows.map(({ choice }) => choice),
    releaseChoices:
      held.total === 0
        ? []
        : [...heldRows.map(({ choice }) => choice), { value: ALL, label: `Tất cả ${held.total}` }],
    setAsides: setAsides.map(({ at, count }) => ({
      value: at.toISOString(),
      label: `${count} đơn để riêng lúc ${formatInstant(at)}`,
      until: formatInstant(later(at, { hours: UNDO_SET_ASIDE_HOURS })),
    })),
  };
}

/** A held record as the list shows it, and as one that can be released; a booking without a seat needs another window. */
function heldData(row: HeldRecord, occupancy: Occupancy, now: Date) {
  const parts = quarantinedParts(row, now);
  const visit = row.visit === null ? undefined : measureVisit(row.visit);
  const isFree =
    row.visit === null ||
    (visit !== undefined &&
      refuseStart({ rules: staffRules, visit, now }, row.visit) === null &&
      countSeatsLeft({ rules: staffRules, visit }, row.visit, occupancy) > 0);
  const seat = isFree ? null : 'cần chọn giờ khác';
  const label = [row.code, parts.what, parts.when, seat]
    .filter((part) => part !== null)
    .join(' · ');
  return { parts: { ...parts, seat }, choice: { value: `${row.code}/${row.version}`, label } };
}

async function daysData(c: AppContext, from: string) {
  const span = { from, to: addDays(from, WEEK_DAYS - 1) };
  const [jobs, { locked, seats }] = await Promise.all([
    listSeatedJobs(c.env.DB, span),
    readOccupancy(c.env.DB, bookingRules, span),
  ]);
  const hrefs = new Map<string, string>();
  for (const job of jobs) hrefs.set(job.id, await freshStaffPath(c.var.staffSigning, job));
  const today = toVietnamDate(c.var.now);
  return Array.from({ length: WEEK_DAYS }, (_, index) => {
    const date = addDays(from, index);
    const own = jobs.filter((job) => job.date === date);
    return dayData(bookingRules, { date, today, now: c.var.now, jobs: own, locked, seats, hrefs });
  });
}
