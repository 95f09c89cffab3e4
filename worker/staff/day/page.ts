import { crews } from '../../../shared/content/catalogue.ts';
import { addDays, formatDate, toVietnamDate } from '../../../shared/time.ts';
import { dayPath, issueWeekActionToken, weekPath } from '../../signing/staff-links.ts';
import { readDayDealings } from '../../store/dealings.ts';
import { findNewest, listDayEvents } from '../../store/events.ts';
import type { AppContext } from '../../web/context.ts';
import { answerPage } from '../../web/pages.ts';
import type { PageNotice } from '../../wording/outcomes.ts';
import { crewName } from '../../records/crews.ts';
import { crewText, dayChoices, dayNote, listCrewLinks, listSurplus } from './crew-data.ts';
import { type Day, dayOpenUntil, selfPath } from './day.ts';
import { jobData, type JobRow } from './job-data.ts';

export async function answerDay(
  c: AppContext,
  day: Day,
  { notice, status }: PageNotice = {},
): Promise<Response> {
  const { now, staffSigning: signing } = c.var;
  const { date, jobs, crew } = day;
  const [openUntil, dealings, events] = await Promise.all([
    dayOpenUntil(c, day),
    readDayDealings(c.env.DB, date),
    listDayEvents(c.env.DB, date),
  ]);
  const isOpen = openUntil !== null;
  const rows = await Promise.all(
    jobs.map((job) =>
      jobData(c, day, {
        ...{ job, isOpen, dealings: dealings.get(job.id) },
        last: findNewest(events.get(job.id) ?? []),
      }),
    ),
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
  const { date, set } = day;
  const contacts = new Map(rows.map(({ data }) => [data.job, data]));
  const textsOf = (crew: string | null) =>
    rows.flatMap(({ head, text }) => (text === null || head !== crew ? [] : [text]));
  const [surplus, links] = await Promise.all([
    listSurplus(c, day, contacts),
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
