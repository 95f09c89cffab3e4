import * as v from 'valibot';
import { wardName } from '../../../shared/content/areas.ts';
import { crews, findWard } from '../../../shared/content/catalogue.ts';
import { type Person, PersonSchema } from '../../../shared/forms/person.ts';
import { readPerson } from '../../personal-data/read-person.ts';
import { crewOf } from '../../records/crews.ts';
import { type Booking, listBookings } from '../../store/bookings.ts';
import { type CrewSettings, readCrewDay } from '../../store/crews.ts';
import { CREW_OPENED, insertDisclosures } from '../../store/disclosures.ts';
import type { AppContext } from '../../web/context.ts';
import { detailsOpenUntil, setDetailsCookie } from '../../web/details-cookie.ts';
import { draftOpening } from '../details.ts';

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

/** What its reader sees of a person: a crew sees what it needs to come and to do the work, and nothing else that was sealed. */
export function seenBy(crew: string | null, person: Person): Person {
  if (crew === null) return person;
  const { name, phone, address, note, covers } = person;
  return v.parse(PersonSchema, { name, phone, address, note, covers });
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

/** Until when the details of the day's jobs are open, since somebody has pressed by hand; null where they are closed. */
export function dayOpenUntil(c: AppContext, day: Day): Promise<Date | null> {
  return detailsOpenUntil(c, { reader: 'viec', id: claimOf(day) });
}

/** Names the jobs that were opened: one that joins the day later is shown only after another press. */
function claimOf({ date, jobs }: Day): string {
  return [date, ...jobs.map(({ id }) => id).toSorted()].join(' ');
}

export function selfPath({ date, token }: DayView): string {
  return `/viec/ngay/${date}/${token}/`;
}
