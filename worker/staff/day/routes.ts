import { Hono } from 'hono';
import type { RawFields } from '../../../shared/forms/fields.ts';
import { isWeekActionToken } from '../../signing/staff-links.ts';
import { photoNotice } from '../../photos/answer.ts';
import type { AppContext, AppEnv } from '../../web/context.ts';
import { withSlash } from '../../web/pages.ts';
import { answerUnread } from '../../web/problems.ts';
import { readFields } from '../../web/read-fields.ts';
import { outcomeNotices } from '../../wording/outcomes.ts';
import {
  assign,
  changeCrew,
  changeSeats,
  describeDayDone,
  type DayResult,
  markJob,
} from './actions.ts';
import { type Day, openDay, readDay, selfPath } from './day.ts';
import { openLink, refuseLink } from './link.ts';
import { answerDay } from './page.ts';

/** Fields of the forms on the sheet of a day. */
const FIELDS = [
  ...['act', 'token', 'sure', 'job', 'jobToken', 'crew', 'mark', 'choice', 'window', 'seats'],
] as const;

type Act = (c: AppContext, day: Day, fields: RawFields) => Promise<DayResult>;

/** What forms ask for. A job's own forms bring a token of their own, bound to its version. */
const acts: Readonly<Record<'staff' | 'crew', Readonly<Record<string, Act>>>> = {
  staff: { assign, crew: changeCrew, seats: changeSeats },
  crew: { mark: markJob },
};
const ownTokens: readonly string[] = ['assign', 'mark'];

/** `/viec/ngay/<date>/<token>/`: all jobs of a day, or those of a crew. Their details are shown after one deliberate press. */
export const dayRoutes = new Hono<AppEnv>()
  .get('/:date/:token', (c) => c.redirect(withSlash(c.req.url), 308))
  .get('/:date/:token/', async (c) => {
    const view = await openLink(c);
    if (view === null) return refuseLink(c);
    const day = await readDay(c.env.DB, view);
    const done = describeDayDone(day, c.req.query('xong') ?? '', c.req.query('viec') ?? '');
    return answerDay(c, day, { notice: done ?? photoNotice(c) ?? undefined });
  })
  .post('/:date/:token/', async (c) => {
    const view = await openLink(c);
    if (view === null) return refuseLink(c);
    const read = await readFields(c.req.raw, FIELDS);
    if (!read.ok) return answerUnread(c, read);
    const day = await readDay(c.env.DB, view);
    const result = await runAct(c, day, read.fields);
    if (!('done' in result)) return answerDay(c, day, result);
    const said = result.done === '' ? '' : `?xong=${result.done}`;
    return c.redirect(`${selfPath(view)}${said}${result.job ? `&viec=${result.job}` : ''}`, 303);
  });

async function runAct(c: AppContext, day: Day, fields: RawFields): Promise<DayResult> {
  const name = fields['act'] ?? '';
  const known = acts[day.crew === null ? 'staff' : 'crew'];
  const act = Object.hasOwn(known, name) ? known[name] : undefined;
  if (act === undefined && fields['sure'] !== 'yes') {
    return { status: 422, notice: 'Chưa mở. Đánh dấu vào dòng bên dưới rồi bấm lại.' };
  }
  const { staffSigning } = c.var;
  const isLive =
    (act !== undefined && ownTokens.includes(name)) ||
    (await isWeekActionToken(staffSigning, fields['token'] ?? '', day.token));
  if (!isLive) return outcomeNotices.expired;
  if (act !== undefined) return act(c, day, fields);
  return (await openDay(c, day)) === 'later'
    ? { status: 503, notice: 'Chưa đọc được thông tin của khách. Bấm lại sau ít phút.' }
    : { done: '' };
}
