import { wardName } from '../../../shared/content/areas.ts';
import { crews, findWard } from '../../../shared/content/catalogue.ts';
import { addDays, formatDate, toVietnamDate } from '../../../shared/time.ts';
import { readPerson } from '../../personal-data/read-person.ts';
import { dayPath, issueWeekActionToken, weekPath } from '../../signing/staff-links.ts';
import { type Booking, listBookings } from '../../store/bookings.ts';
import { type CrewSettings, readCrewDay } from '../../store/crews.ts';
import { readDayDealings } from '../../store/dealings.ts';
import { CREW_OPENED, insertDisclosures } from '../../store/disclosures.ts';
import type { AppContext } from '../../web/context.ts';
import { isOpenForStaff, setDetailsCookie } from '../../web/details-cookie.ts';
import { answerPage } from '../../web/pages.ts';
import type { PageNotice } from '../../wording/outcomes.ts';
import { draftOpening } from '../details.ts';
import { crewName, crewOf } from '../../records/crews.ts';
import { crewText, dayChoices, dayNote, listCrewLinks, listSurplus } from './crew-data.ts';
import { jobData, type JobRow, seenBy } from './job-data.ts';

/** States of jobs that the sheet of a day lists. */
const LISTED = ['requested', 'confirmed', 'completed', 'no-show'] as const;

/** The sheet of a day for the holder of a link: all of it for staff, its own jobs for a crew. */
export interface DayView {
  date: string;
  token: string;
  crew: string | null;
}

/** What a link shows of its day. */
export interface Day extends DayView {
  jobs: readonly Booking[];
  /** What staff set for the day. */
  set: CrewSettings;
}

/** The jobs of a day in the order in which they are driven: by crew, those without one first, then by window, then by ward. */
export async function readDay(db: D1Database, view: DayView): Promise<Day> {
  const { date, crew } = view;
  const [all, set] = await Promise.all([
    listBookings(db, { from: date, to: date, states: LISTED }),
    readCrewDay(db, date),
  ]);
  const wardOf = ({ ward }: Booking) => {
    const found = findWard(ward);
    return found === undefined ? ward : wardName(found);
  };
  const rank = (job: Booking) => crews.findIndex(({ id }) => id === crewOf(job, set.off));
  const jobs = all
    .filter((job) => crew === null || crewOf(job, set.off) === crew)
    .toSorted(
      (a, b) =>
        rank(a) - rank(b) ||
        a.visitStartsAt.getTime() - b.visitStartsAt.getTime() ||
        wardOf(a).localeCompare(wardOf(b), 'vi'),
    );
  return { ...view, jobs, set };
}

/** Opens the details of all jobs of a day: a row in the ledger of each first, then a cookie for 30 minutes on this page. */
export async function openDay(c: AppContext, day: Day): Promise<'open' | 'later'> {
  const { jobs, crew } = day;
  const views = await Promise.all(jobs.map((job) => readPerson(c.env, job, c.var.now)));
  if (views.some(({ state }) => state === 'later')) return 'later';
  const rows = views.flatMap((view, at) => {
    const job = jobs[at];
    if (job === undefined || view.state !== 'open') return [];
    const kind = crew === null ? 'opened' : CREW_OPENED;
    return [draftOpening(job, seenBy(crew, view.person), { kind, now: c.var.now })];
  });
  if (rows.length > 0) await insertDisclosures(c.env.DB, rows).run();
  await setDetailsCookie(c, { reader: 'viec', id: claimOf(day), path: selfPath(day) });
  return 'open';
}

export function selfPath({ date, token }: DayView): string {
  return `/viec/ngay/${date}/${token}/`;
}

/** Whether the details of the day's jobs are open: somebody has pressed by hand. */
export function isDayOpen(c: AppContext, day: Day): Promise<boolean> {
  return isOpenForStaff(c, { id: claimOf(day) });
}

/** Names the jobs that were opened: one that joins the day later is shown only after another press. */
function claimOf({ date, jobs }: Day): string {
  return [date, ...jobs.map(({ id }) => id).toSorted()].join(' ');
}

export async function answerDay(
  c: AppContext,
  day: Day,
  { notice, status }: PageNotice = {},
): Promise<Response> {
  const { now, staffSigning: signing } = c.var;
  const { date, jobs, crew } = day;
  const [isOpen, dealings] = await Promise.all([
    isDayOpen(c, day),
    readDayDealings(c.env.DB, date),
  ]);
  const rows = await Promise.all(
    jobs.map((job) => jobData(c, day, { job, isOpen, dealings: dealings.get(job.id) })),
  );
  const first = rows.map(({ head }, at) => head !== rows[at - 1]?.head);
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
      crew: crew === null ? null : crewName(crew),
      self: selfPath(day),
      token: await issueWeekActionToken(signing, day.token),
      canOpen: jobs.length > 0 && !isOpen,
      empty: jobs.length === 0,
      jobs: rows.map(({ data, head }, at) => ({
        ...data,
        crewHead: crew === null && crews.length > 0 && first[at] === true ? crewName(head) : null,
      })),
      today: date === toVietnamDate(now),
      ...(crew === null ? await staffData(c, day, rows) : nothingForStaff),
    },
  });
}

/** What only staff see, where the link is a crew's. */
const nothingForStaff = {
  ...{ crewText: null, startHref: null, earlierHref: null, laterHref: null, dayNote: null },
  ...{ surplus: [], crewTexts: [], crewChoices: [], seatChoices: [] },
};

/** What only staff see: the way to other days, the crews with their texts and links, who is off, which jobs have no seat. */
async function staffData(c: AppContext, day: Day, rows: readonly JobRow[]) {
  const { staffSigning: signing } = c.var;
  const { date, set, jobs } = day;
  const textsOf = (crew: string | null) =>
    rows.flatMap(({ head, text }) => (text === null || head !== crew ? [] : [text]));
  const [surplus, links] = await Promise.all([
    listSurplus(c, date, jobs),
    listCrewLinks(c, date, set.off),
  ]);
  const alone = textsOf(null);
  return {
    crewText:
      alone.length === 0 || crews.length > 0 ? null : [formatDate(date), ...alone].join('\n\n'),
    startHref: await weekPath(signing, signing.until),
    earlierHref: await dayPath(signing, addDays(date, -1)),
    laterHref: await dayPath(signing, addDays(date, 1)),
    dayNote: dayNote(set),
    surplus,
    crewTexts: crews
      .filter(({ id }) => !set.off.has(id))
      .map(({ id, name }) => ({
        name,
        text: crewText(c, { date, name, path: links.get(id), texts: textsOf(id) }),
      })),
    ...dayChoices(date, set),
  };
}
