import { Hono } from 'hono';
import { bookingRules, company, findCrew } from '../../../shared/content/catalogue.ts';
import { addDays, toVietnamDate } from '../../../shared/time.ts';
import { isFeedToken } from '../../signing/staff-links.ts';
import { type Booking, listBookings } from '../../store/bookings.ts';
import { listDaysOff } from '../../store/crews.ts';
import { feedKind, findEpoch } from '../../store/link-epochs.ts';
import type { AppContext, AppEnv } from '../../web/context.ts';
import { answerProblem } from '../../web/problems.ts';
import { renderFeed } from '../../wording/calendar-file.ts';

/** How many days back the calendar goes. */
const PAST_DAYS = 30;

const wrongLink = {
  status: 403,
  title: 'Địa chỉ lịch không dùng được',
  detail:
    'Địa chỉ lịch này bị thiếu chữ hoặc đã được đóng. Lấy địa chỉ mới ở cuối trang lịch tuần, rồi thêm lại vào ứng dụng lịch.',
  staff: true,
} as const;

/** `/viec/lich.ics?f=` and `/viec/doi/<crew>/lich.ics?f=`: calendars that staff subscribe to. Their tokens open nothing else. */
export const feedRoutes = new Hono<AppEnv>()
  .get('/lich.ics', (c) => answerFeed(c, null))
  .get('/doi/:crew/lich.ics', (c) => answerFeed(c, c.req.param('crew')));

/** Answers with the visits of a crew, or of all. A crew that is not there any more has no calendar. */
async function answerFeed(c: AppContext, crewId: string | null): Promise<Response> {
  const { staffKeys: keys, now } = c.var;
  const signing = { keys, now, epoch: await findEpoch(c.env.DB, feedKind(crewId)) };
  const crew = crewId === null ? null : findCrew(crewId);
  const isGenuine = await isFeedToken(signing, crewId, c.req.query('f') ?? '');
  if (!isGenuine || crew === undefined) return answerProblem(c, wrongLink);
  const today = toVietnamDate(now);
  const span = {
    from: addDays(today, -PAST_DAYS),
    to: addDays(today, bookingRules.horizonDays),
  };
  const [bookings, daysOff] = await Promise.all([
    listBookings(c.env.DB, { ...span, states: ['confirmed', 'completed'] }),
    crew === null ? new Set<string>() : listDaysOff(c.env.DB, crew.id, span),
  ]);
  const isOwn = (booking: Booking) => booking.crew === crew?.id && !daysOff.has(booking.visitDate);
  const own = crew === null ? bookings : bookings.filter(isOwn);
  const name = ['Lịch làm', company.shortName, ...(crew === null ? [] : [crew.name])].join(' · ');
  return c.body(renderFeed(c.env, name, own), 200, {
    'Content-Type': 'text/calendar; charset=utf-8',
    'Cache-Control': 'private, no-store',
  });
}
