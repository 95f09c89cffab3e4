import { Hono } from 'hono';
import { isCalendarDate } from '../../../shared/time.ts';
import { dayLinkEnd, isWeekActionToken } from '../../signing/staff-links.ts';
import { findEpoch } from '../../store/link-epochs.ts';
import type { AppContext, AppEnv } from '../../web/context.ts';
import { withSlash } from '../../web/pages.ts';
import { answerProblem, problems } from '../../web/problems.ts';
import { readFields } from '../../web/read-fields.ts';
import { outcomeNotices } from '../../wording/outcomes.ts';
import { answerDay, type DayView, listDay, openDay } from './page.ts';

const wrongLink = {
  status: 403,
  title: 'Đường dẫn không dùng được',
  detail:
    'Đường dẫn đến ngày này đã hết hạn, đã được đóng hoặc bị thiếu chữ. Nhận đường dẫn mới ở trang /viec/, thư về hộp thư của văn phòng.',
  staff: true,
} as const;

/** `/viec/ngay/<date>/<token>/`: all jobs of a day. Their details are shown after one deliberate press. */
export const dayRoutes = new Hono<AppEnv>()
  .get('/:date/:token', (c) => c.redirect(withSlash(c.req.url), 308))
  .get('/:date/:token/', async (c) => {
    const view = await openLink(c);
    if (view === null) return answerProblem(c, wrongLink);
    return answerDay(c, { ...view, jobs: await listDay(c.env.DB, view.date) });
  })
  .post('/:date/:token/', async (c) => {
    const view = await openLink(c);
    if (view === null) return answerProblem(c, wrongLink);
    const read = await readFields(c.req.raw, ['act', 'token', 'sure']);
    if (!read.ok) return answerProblem(c, problems[read.reason]);
    const { token = '', sure } = read.fields;
    const jobs = await listDay(c.env.DB, view.date);
    const day = { ...view, jobs };
    if (sure !== 'yes') {
      const notice = 'Chưa mở. Đánh dấu vào dòng bên dưới rồi bấm lại.';
      return answerDay(c, day, { status: 422, notice });
    }
    if (!(await isWeekActionToken(c.var.staffSigning, token, view.token))) {
      return answerDay(c, day, outcomeNotices.expired);
    }
    if ((await openDay(c, view, jobs)) === 'later') {
      const notice = 'Chưa đọc được thông tin của khách. Bấm lại sau ít phút.';
      return answerDay(c, day, { status: 503, notice });
    }
    return c.redirect(`/viec/ngay/${view.date}/${view.token}/`, 303);
  });

/** The day that a link opens, or null where it opens none. */
async function openLink(c: AppContext): Promise<DayView | null> {
  const { date = '', token = '' } = c.req.param();
  if (!isCalendarDate(date)) return null;
  const { staffKeys: keys, now } = c.var;
  const signing = { keys, now, epoch: await findEpoch(c.env.DB, 'staff') };
  const until = await dayLinkEnd(signing, date, token);
  if (until === null) return null;
  c.set('staffSigning', { ...signing, until });
  return { date, token };
}
