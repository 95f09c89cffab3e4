import { Hono } from 'hono';
import { formatInstant } from '../../shared/time.ts';
import type { AppContext, AppEnv } from '../web/context.ts';
import { isServiceFailure } from '../base/failures.ts';
import { logError } from '../base/log.ts';
import { answerPage, withSlash, leaveBlank } from '../web/pages.ts';
import { answerProblem, problems } from '../web/problems.ts';
import { readStatus, type TransparencyStatus } from './transparency.ts';
import { hotline } from '../../shared/content/catalogue.ts';

/** What each broken promise says on the page. */
const brokenWords: Readonly<Record<TransparencyStatus['broken'][number], string>> = {
  purge: 'Việc xóa hằng giờ đang chậm.',
  overdue: 'Có thông tin đã quá hạn lưu mà chưa xóa.',
  rights: 'Có yêu cầu về dữ liệu cá nhân đã quá hạn mà chưa trả lời hoặc chưa làm xong.',
  keys: `Có đơn mà hệ thống không đọc được số điện thoại nữa. Nếu anh/chị đang chờ mà chưa thấy gọi, xin gọi ${hotline} và đọc mã.`,
  sending: 'Đang tạm ngừng gửi tin cho nhân viên và bộ phận điều phối.',
  delivery: 'Có tin chưa đến được nhân viên hoặc bộ phận điều phối.',
};

/** `/minh-bach/`: what is stored now and whether the promises are kept. `GET /api/status` answers the same as JSON. */
export const transparencyRoutes = new Hono<AppEnv>()
  .get('/minh-bach', (c) => c.redirect(withSlash(c.req.url), 308))
  .get('/minh-bach/', answerTransparency)
  .get('/api/status', async (c) => {
    c.header('Cache-Control', 'no-store');
    try {
      return c.json(await readStatus(c.env.DB, c.var.now));
    } catch (error) {
      if (!isServiceFailure(error)) throw error;
      logError('status_failed', error, { requestId: c.var.requestId });
      return answerProblem(c, problems.unavailable);
    }
  });

async function answerTransparency(c: AppContext): Promise<Response> {
  const status = await readStatus(c.env.DB, c.var.now).catch((error: unknown) => {
    if (!isServiceFailure(error)) throw error;
    logError('status_failed', error, { requestId: c.var.requestId });
    return null;
  });
  const { DISPATCH_URL: url } = c.env;
  return answerPage(c, {
    path: '/minh-bach/',
    keeping: 'form',
    data: {
      ...leaveBlank('/minh-bach/'),
      known: false,
      dispatchHost: URL.canParse(url) ? new URL(url).host : 'chưa đặt',
      ...(status === null ? {} : describeStatus(status, c.var.now)),
    },
  });
}

function describeStatus(status: TransparencyStatus, now: Date) {
  const { oldestAt, oldestEndsAt, lastDrillSeconds: seconds } = status;
  const none = 'Chưa có lần nào';
  return {
    known: true,
    countedAt: formatOrNull(status.countedAt),
    bookings: status.bookings,
    messages: status.messages,
    erasedLately: status.erasedLately,
    oldest: oldestAt !== null && oldestEndsAt !== null,
    oldestAt: formatOrNull(oldestAt),
    oldestEnd: formatOrNull(oldestEndsAt),
    nextEnd: formatOrNull(status.nextEndAt),
    lastPurge: formatOrNull(status.lastPurgeAt) ?? none,
    purged: status.lastPurgeAt !== null && status.lastPurgeEmptied > 0,
    lastPurgeEmptied: status.lastPurgeEmptied,
    lastDrill: formatOrNull(status.lastDrillAt) ?? none,
    drillSeconds: seconds?.toLocaleString('vi-VN') ?? null,
    lastRestore: formatOrNull(status.lastRestoreAt),
    restoreLost: status.restoreLost,
    restoreErased: status.restoreErased,
    undelivered: formatOrNull(status.oldestUndeliveredAt) ?? 'Không có',
    dead: status.dead,
    review: status.review,
    ratings: status.ratings,
    broken: status.broken.map((name) => brokenWords[name]),
    kept: status.broken.length === 0,
    checkedAt: formatInstant(now),
  };
}

function formatOrNull(instant: string | null): string | null {
  return instant === null ? null : formatInstant(new Date(instant));
}
