import { wardName } from '../../../shared/content/areas.ts';
import { findWard } from '../../../shared/content/catalogue.ts';
import { filledFields, type Person } from '../../../shared/forms/person.ts';
import { addDays, formatDate, toVietnamDate } from '../../../shared/time.ts';
import { readPerson } from '../../personal-data/read-person.ts';
import {
  dayPath,
  freshStaffPath,
  issueWeekActionToken,
  weekPath,
} from '../../signing/staff-links.ts';
import { type Booking, listBookings } from '../../store/bookings.ts';
import { insertDisclosures } from '../../store/disclosures.ts';
import type { AppContext } from '../../web/context.ts';
import { detailsOpenUntil, setDetailsCookie } from '../../web/details-cookie.ts';
import { answerPage } from '../../web/pages.ts';
import { describeBooking, describePrice } from '../../wording/booking.ts';
import type { PageNotice } from '../../wording/outcomes.ts';
import { staffStateNames } from '../../wording/staff.ts';
import { copyText, describePerson } from '../details.ts';

/** States of jobs that the sheet of a day lists. */
const LISTED = ['requested', 'confirmed', 'completed', 'no-show'] as const;

/** The sheet of a day for the holder of a link. */
export interface DayView {
  date: string;
  token: string;
}

/** A day's jobs in the order in which they are driven: by window, then by ward, so that neighbours stand together. */
export async function listDay(db: D1Database, date: string): Promise<Booking[]> {
  const jobs = await listBookings(db, { from: date, to: date, states: LISTED });
  const wardOf = ({ ward }: Booking) => {
    const found = findWard(ward);
    return found === undefined ? ward : wardName(found);
  };
  return jobs.toSorted(
    (a, b) =>
      a.visitStartsAt.getTime() - b.visitStartsAt.getTime() ||
      wardOf(a).localeCompare(wardOf(b), 'vi'),
  );
}

/** Opens the details of all jobs of a day: a row in the ledger of each first, then a cookie for 30 minutes on this page. */
export async function openDay(
  c: AppContext,
  { date, token }: DayView,
  jobs: readonly Booking[],
): Promise<'open' | 'later'> {
  const views = await Promise.all(jobs.map((job) => readPerson(c.env, job, c.var.now)));
  if (views.some(({ state }) => state === 'later')) return 'later';
  const rows = views.flatMap((view, at) => {
    const job = jobs[at];
    if (job === undefined || view.state !== 'open') return [];
    return [
      {
        ...{ id: crypto.randomUUID(), subjectId: job.id, recipient: 'office' as const },
        ...{ kind: 'opened', fields: filledFields(view.person), result: 'opened' as const },
        at: c.var.now,
      },
    ];
  });
  if (rows.length > 0) await insertDisclosures(c.env.DB, rows).run();
  const path = `/viec/ngay/${date}/${token}/`;
  await setDetailsCookie(c, { reader: 'viec', id: claimOf(date, jobs), path });
  return 'open';
}

/** Names the jobs that were opened: one that joins the day later is shown only after another press. */
function claimOf(date: string, jobs: readonly Booking[]): string {
  return [date, ...jobs.map(({ id }) => id).toSorted()].join(' ');
}

export async function answerDay(
  c: AppContext,
  { date, token, jobs }: DayView & { jobs: readonly Booking[] },
  { notice, status }: PageNotice = {},
): Promise<Response> {
  const { now, staffSigning: signing } = c.var;
  const isOpen = (await detailsOpenUntil(c, { reader: 'viec', id: claimOf(date, jobs) })) !== null;
  const sheet = await Promise.all(jobs.map((job) => jobData(c, job, isOpen)));
  const texts = sheet.flatMap(({ text }) => (text === null ? [] : [text]));
  const linkTo = async (day: string) => dayPath(signing, day);
  return answerPage(c, {
    path: '/khung/ngay/',
    status: status ?? 200,
    keeping: 'personal',
    data: {
      title: `Việc ngày ${formatDate(date)}`,
      notice: notice ?? null,
      wrong: (status ?? 200) >= 400,
      toForm: null,
      day: formatDate(date),
      self: `/viec/ngay/${date}/${token}/`,
      token: await issueWeekActionToken(signing, token),
      canOpen: jobs.length > 0 && !isOpen,
      empty: jobs.length === 0,
      jobs: sheet.map(({ data }) => data),
      crewText: texts.length === 0 ? null : [formatDate(date), ...texts].join('\n\n'),
      startHref: await weekPath(signing, signing.until),
      earlierHref: await linkTo(addDays(date, -1)),
      laterHref: await linkTo(addDays(date, 1)),
      today: date === toVietnamDate(now),
    },
  });
}

async function jobData(c: AppContext, job: Booking, isOpen: boolean) {
  const { now, staffSigning } = c.var;
  const { code, service, size, ward, hours } = describeBooking(job);
  const view = isOpen ? await readPerson(c.env, job, now) : null;
  const person: Person | null = view?.state === 'open' ? view.person : null;
  const headline = [hours, service, size].filter((part) => part !== null).join(' · ');
  return {
    data: {
      ...{ code, service, size, ward, hours },
      estimate: describePrice(job, now).estimate,
      state: job.state,
      stateName: staffStateNames[job.state],
      href: await freshStaffPath(staffSigning, job),
      ...contactData(person, job.ward),
    },
    text: person === null ? null : copyText(person, job.ward, headline),
  };
}

/** How to reach a customer; all null while the details are closed. */
function contactData(person: Person | null, ward: string) {
  const shown = person === null ? null : describePerson(person, ward);
  return {
    name: shown?.name ?? null,
    phone: shown?.phone ?? null,
    phoneHref: shown?.phoneHref ?? null,
    zaloHref: shown?.zaloHref ?? null,
    address: shown?.address ?? null,
    mapHref: shown?.mapHref ?? null,
    note: shown?.note ?? null,
    staffNote: shown?.staffNote ?? null,
  };
}
