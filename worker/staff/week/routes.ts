import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { windowsOn } from '../../../shared/jobs/availability.ts';
import { bookingRules, company } from '../../../shared/content/catalogue.ts';
import { parseCode } from '../../../shared/jobs/code.ts';
import type { RawFields } from '../../../shared/forms/fields.ts';
import { isReasonOf } from '../../../shared/jobs/reasons.ts';
import { isCalendarDate } from '../../../shared/time.ts';
import { outcomeNotices } from '../../wording/outcomes.ts';
import type { AppContext, AppEnv } from '../../web/context.ts';
import { isWeekActionToken, weekLinkEnd, weekPath } from '../../signing/staff-links.ts';
import { findEpoch, raiseEpoch } from '../../store/link-epochs.ts';
import { mailNewLink } from '../mail-link.ts';
import { transitionBooking } from '../../records/booking-transition.ts';
import { wakeDeliveries } from '../../records/wake-delivery.ts';
import { answerProblem, answerUnread } from '../../web/problems.ts';
import { readFields } from '../../web/read-fields.ts';
import { findBookingByCode } from '../../store/bookings.ts';
import { releaseHeld, setAside, undoSetAside } from './held.ts';
import { type ActionResult, describeDone, NOT_CHOSEN } from './notices.ts';
import { answerWeek, readFrom, weekHref } from './page.ts';
import { answerAddPhone, removePhone } from './devices.ts';
import { search } from './search.ts';
import { openPhoneForm, takePhoneBooking, weekFormPlace } from './phone-booking.ts';
import { withSlash } from '../../web/pages.ts';
import { lockWindow, unlockWindow } from '../../store/seats.ts';

/** Fields of the forms on the week's page. */
const FIELDS = [
  ...['token', 'from', 'date', 'lock', 'job', 'reason'],
  ...['sure', 'sentFrom', 'sentTo', 'setAside', 'held', 'q', 'how', 'device'],
] as const;

const CHANGED = 'Chưa hủy: yêu cầu này vừa thay đổi. Xem lại rồi chọn lần nữa.';

const wrongLink = {
  status: 403,
  title: 'Đường dẫn không dùng được',
  detail:
    'Đường dẫn đến lịch tuần đã hết hạn, đã được đóng hoặc bị thiếu chữ. Nhận đường dẫn mới ở trang /viec/, thư về hộp thư của văn phòng.',
  staff: true,
} as const;

const requireWeekLink = createMiddleware<AppEnv>(async (c, next) => {
  const { staffKeys: keys, now } = c.var;
  const signing = { keys, now, epoch: await findEpoch(c.env.DB, 'staff') };
  const until = await weekLinkEnd(signing, c.req.param('token') ?? '');
  if (until === null) return answerProblem(c, wrongLink);
  c.set('staffSigning', { ...signing, until });
  return next();
});

/** `/viec/lich/<token>/`: the week, its forms to lock windows and cancel jobs, and the form to book for a caller. */
export const weekRoutes = new Hono<AppEnv>()
  .get('/:token', (c) => c.redirect(withSlash(c.req.url), 308))
  .get('/:token/them', (c) => c.redirect(withSlash(c.req.url), 308))
  .use('/:token/*', requireWeekLink)
  .get('/:token/', async (c) => {
    const done = await describeDone(c, c.req.query('xong') ?? '', c.req.query('don') ?? '');
    return answerWeek(c, {
      weekToken: c.req.param('token'),
      from: c.req.query('from'),
      ...{ waitingPage: c.req.query('cho'), heldPage: c.req.query('rieng') },
      plansPage: c.req.query('dinh-ky'),
      ...done,
    });
  })
  .post('/:token/khoa/', (c) => answerForm(c, c.req.param('token'), changeLock))
  .post('/:token/huy/', (c) => answerForm(c, c.req.param('token'), cancelJob))
  .post('/:token/dong/', (c) => answerForm(c, c.req.param('token'), closeLinks))
  .post('/:token/de-rieng/', (c) => answerForm(c, c.req.param('token'), setAside))
  .post('/:token/hoan-tac/', (c) => answerForm(c, c.req.param('token'), undoSetAside))
  .post('/:token/nhan-lai/', (c) => answerForm(c, c.req.param('token'), releaseHeld))
  .post('/:token/thiet-bi/', (c) => answerAddPhone(c, c.req.param('token')))
  .post('/:token/thiet-bi/go/', (c) => answerForm(c, c.req.param('token'), removePhone))
  .post('/:token/tim/', (c) => answerSearch(c, c.req.param('token')))
  .get('/:token/them/', (c) => openPhoneForm(c, c.req.param('token')))
  .post('/:token/them/', (c) => takePhoneBooking(c, weekFormPlace(c, c.req.param('token'))));

async function answerForm(
  c: AppContext,
  weekToken: string,
  perform: (c: AppContext, fields: RawFields) => Promise<ActionResult>,
): Promise<Response> {
  const read = await readFields(c.req.raw, FIELDS);
  if (!read.ok) return answerUnread(c, read);
  const { fields } = read;
  const from = readFrom(fields['from'], c.var.now);
  const live = await isWeekActionToken(c.var.staffSigning, fields['token'] ?? '', weekToken);
  const result: ActionResult = live ? await perform(c, fields) : outcomeNotices.expired;
  if ('notice' in result) {
    const { sentFrom, sentTo } = fields;
    return answerWeek(c, { weekToken, from, wrong: true, sentFrom, sentTo, ...result });
  }
  if ('path' in result) return c.redirect(`${result.path}?from=${from}&xong=${result.done}`, 303);
  const code = result.code === undefined ? '' : `&don=${result.code}`;
  const part = result.part === '' ? '' : `&phan=${result.part}`;
  return c.redirect(`${weekHref(weekToken, from)}&xong=${result.done}${code}${part}`, 303);
}

/** Searches by what was typed; nothing of it stands in an address. */
async function answerSearch(c: AppContext, weekToken: string): Promise<Response> {
  const read = await readFields(c.req.raw, FIELDS);
  if (!read.ok) return answerUnread(c, read);
  const { q = '', token = '' } = read.fields;
  const shown = { weekToken, from: undefined, query: q };
  if (!(await isWeekActionToken(c.var.staffSigning, token, weekToken))) {
    return answerWeek(c, { ...shown, wrong: true, ...outcomeNotices.expired });
  }
  const found = await search(c, q);
  return 'rows' in found
    ? answerWeek(c, { ...shown, found: found.rows })
    : answerWeek(c, { ...shown, wrong: true, ...found });
}

/**
 * Closes every link of staff made so far, this one too. Whoever pressed goes on by a link with the same end, so that pressing
 * never makes a stolen link live longer; the office gets one by mail.
 */
async function closeLinks(c: AppContext, fields: RawFields): Promise<ActionResult> {
  if (fields['sure'] !== 'yes') return { notice: NOT_CHOSEN, status: 422 };
  const { staffSigning, now } = c.var;
  const epoch = await raiseEpoch(c.env.DB, 'staff', now);
  await mailNewLink(c);
  return { done: 'dong', path: await weekPath({ ...staffSigning, epoch }, staffSigning.until) };
}

/** Locks a window or unlocks it. Jobs already booked into it stay. */
async function changeLock(c: AppContext, fields: RawFields): Promise<ActionResult> {
  const date = fields['date'] ?? '';
  const [verb, window = ''] = (fields['lock'] ?? '').split('/');
  const known = isCalendarDate(date) && isWindow(date, window);
  if (!known || (verb !== 'lock' && verb !== 'open')) return { notice: NOT_CHOSEN, status: 422 };
  if (verb === 'lock') {
    const locked = await lockWindow(c.env.DB, { date, window }, c.var.now);
    return { done: locked ? 'khoa' : 'khoa-roi', part: partOf(date) };
  }
  const opened = await unlockWindow(c.env.DB, { date, window });
  return { done: opened ? 'mo' : 'mo-roi', part: partOf(date) };
}

/** Cancels a job for the company, if it still has the version that the page showed. */
async function cancelJob(c: AppContext, fields: RawFields): Promise<ActionResult> {
  const [typed = '', version = ''] = (fields['job'] ?? '').split('/');
  const code = parseCode(company.codePrefix, typed);
  const reason = fields['reason'] ?? '';
  if (code === null || !isReasonOf('cancel', reason)) return { notice: NOT_CHOSEN, status: 422 };
  const booking = await findBookingByCode(c.env.DB, code);
  if (booking === null) return { notice: NOT_CHOSEN, status: 422 };
  const again = { done: 'huy-roi', part: partOf(booking.visitDate), code };
  if (String(booking.version) !== version) {
    return booking.state === 'cancelled' ? again : { notice: CHANGED, status: 409 };
  }
  const { now } = c.var;
  const result = await transitionBooking(c.env, {
    booking,
    transition: 'cancel',
    actor: 'company',
    reason,
    now,
  });
  if (result.outcome !== 'done') return { notice: CHANGED, status: 409 };
  wakeDeliveries(c, result.deliveryIds);
  return { ...again, done: 'huy' };
}

/** The id of a day's part of the page. */
function partOf(date: string): string {
  return `ngay-${date}`;
}

function isWindow(date: string, id: string): boolean {
  return windowsOn(bookingRules, date).some((window) => window.id === id);
}
