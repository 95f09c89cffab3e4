import { Hono } from 'hono';
import { bookingRules, company } from '../../../shared/content/catalogue.ts';
import { addDays, toVietnamDate } from '../../../shared/time.ts';
import { isFeedToken } from '../../signing/staff-links.ts';
import { listBookings } from '../../store/bookings.ts';
import { findEpoch } from '../../store/link-epochs.ts';
import type { AppEnv } from '../../web/context.ts';
import { answerProblem } from '../../web/problems.ts';
import { renderStaffFeed } from '../../wording/calendar-file.ts';

/** How many days back the calendar goes. */
const PAST_DAYS = 30;

const wrongLink = {
  status: 403,
  title: 'Địa chỉ lịch không dùng được',
  detail:
    'Địa chỉ lịch này bị thiếu chữ hoặc đã được đóng. Lấy địa chỉ mới ở cuối trang lịch tuần, rồi thêm lại vào ứng dụng lịch.',
  staff: true,
} as const;

/** `/viec/lich.ics?f=`: the calendar that staff subscribe to. Its token opens nothing else. */
export const feedRoutes = new Hono<AppEnv>().get('/lich.ics', async (c) => {
  const { staffKeys: keys, now } = c.var;
  const signing = { keys, now, epoch: await findEpoch(c.env.DB, 'feed') };
  if (!(await isFeedToken(signing, null, c.req.query('f') ?? ''))) {
    return answerProblem(c, wrongLink);
  }
  const today = toVietnamDate(now);
  const bookings = await listBookings(c.env.DB, {
    from: addDays(today, -PAST_DAYS),
    to: addDays(today, bookingRules.horizonDays),
    states: ['confirmed', 'completed'],
  });
  return c.body(renderStaffFeed(c.env, `Lịch làm ${company.shortName}`, bookings), 200, {
    'Content-Type': 'text/calendar; charset=utf-8',
    'Cache-Control': 'private, no-store',
  });
});
