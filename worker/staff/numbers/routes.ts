import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { renderCsv } from '../../../shared/csv.ts';
import { formatCount, formatVnd } from '../../../shared/money.ts';
import { formatShortDate, toVietnamDate } from '../../../shared/time.ts';
import { isNumbersToken } from '../../signing/staff-links.ts';
import { findEpoch } from '../../store/link-epochs.ts';
import type { BookingCount } from '../../store/numbers.ts';
import type { AppContext, AppEnv } from '../../web/context.ts';
import { answerPage, withSlash } from '../../web/pages.ts';
import { answerProblem } from '../../web/problems.ts';
import { drawBars, drawRowBar } from './bars.ts';
import { type OwnerNumbers, readNumbers } from './numbers.ts';

const wrongLink = {
  status: 403,
  title: 'Đường dẫn không dùng được',
  detail:
    'Đường dẫn đến trang số liệu đã hết hạn, đã được đóng hoặc bị thiếu chữ. Xin đường dẫn mới ở trang /viec/, thư về hộp thư của chủ công ty.',
  staff: true,
} as const;

const requireLink = createMiddleware<AppEnv>(async (c, next) => {
  const { staffKeys: keys, now } = c.var;
  const signing = { keys, now, epoch: await findEpoch(c.env.DB, 'owner') };
  const isGenuine = await isNumbersToken(signing, c.req.param('token') ?? '');
  return isGenuine ? next() : answerProblem(c, wrongLink);
});

/** `/viec/so-lieu/<token>/`: the owner's numbers, which name no customer. */
export const numbersRoutes = new Hono<AppEnv>()
  .get('/:token', (c) => c.redirect(withSlash(c.req.url), 308))
  .use('/:token/*', requireLink)
  .get('/:token/', async (c) =>
    answerNumbers(c, await readNumbers(c.env.DB, toVietnamDate(c.var.now))),
  )
  .get('/:token/so-lieu.csv', async (c) =>
    answerCsv(c, await readNumbers(c.env.DB, toVietnamDate(c.var.now))),
  );

function answerNumbers(c: AppContext, numbers: OwnerNumbers): Promise<Response> {
  const { weeks, months, services, wards, total, reply, span } = numbers;
  const mostMoney = Math.max(...months.map(({ agreed, paid }) => Math.max(agreed, paid)));
  const most = Math.max(...weeks.map(({ requests }) => requests));
  const isEmpty = total.requests === 0;
  return answerPage(c, {
    path: '/khung/so-lieu/',
    keeping: 'personal',
    data: {
      title: 'Số liệu',
      span: `${formatShortDate(span.from)} – ${formatShortDate(span.to)}`,
      empty: isEmpty,
      counted: !isEmpty,
      ...countCells(total),
      csvHref: `/viec/so-lieu/${c.req.param('token') ?? ''}/so-lieu.csv`,
      weekBars: drawBars(
        weeks.map(({ requests }) => requests),
        most,
      ),
      weekConfirmed: drawBars(
        weeks.map(({ confirmed }) => confirmed),
        most,
      ),
      weeks: weeks.map(rowCells),
      hasMoney: total.agreed > 0 || total.paid > 0,
      moneyAgreed: drawBars(
        months.map(({ agreed }) => agreed),
        mostMoney,
      ),
      moneyPaid: drawBars(
        months.map(({ paid }) => paid),
        mostMoney,
      ),
      months: months.map(rowCells),
      services: withBars(services),
      wards: withBars(wards),
      median: reply.median === null ? null : sayMinutes(reply.median),
      promised: sayMinutes(reply.promised),
      inTime: `${formatCount(reply.inTime)} trên ${formatCount(reply.answered)} yêu cầu`,
      unanswered: reply.waiting === 0 ? null : formatCount(reply.waiting),
    },
  });
}

function rowCells(count: BookingCount) {
  return { name: count.name, ...countCells(count) };
}

function countCells({ requests, confirmed, cancelled, absent, agreed, paid }: BookingCount) {
  return {
    requests: formatCount(requests),
    confirmed: formatCount(confirmed),
    cancelled: formatCount(cancelled),
    absent: formatCount(absent),
    agreed: formatVnd(agreed),
    paid: formatVnd(paid),
  };
}

function withBars(counts: readonly BookingCount[]) {
  const most = Math.max(...counts.map(({ requests }) => requests));
  return counts.map((count) => ({ ...rowCells(count), bar: drawRowBar(count.requests, most) }));
}

function answerCsv(c: AppContext, numbers: OwnerNumbers): Response {
  const { weeks, months, services, wards, total, reply } = numbers;
  const rowsOf = (group: string, counts: readonly BookingCount[]) =>
    counts.map(({ name, requests, confirmed, cancelled, absent, agreed, paid }) => [
      ...[group, name],
      ...[requests, confirmed, cancelled, absent, agreed, paid].map(String),
    ]);
  const replyRow = (name: string, value: number) => ['Trả lời lần đầu', name, String(value)];
  const csv = renderCsv([
    [
      ...['Nhóm', 'Mục', 'Yêu cầu', 'Nhận làm', 'Đã hủy', 'Khách vắng'],
      ...['Đã chốt (đồng)', 'Đã nhận (đồng)'],
    ],
    ...rowsOf('Tuần', weeks),
    ...rowsOf('Tháng', months),
    ...rowsOf('Dịch vụ', services),
    ...rowsOf('Phường, xã', wards),
    ...rowsOf('Tất cả', [total]),
    replyRow(`Đúng hẹn ${reply.promised} phút làm việc`, reply.inTime),
    replyRow('Trễ hẹn', reply.answered - reply.inTime),
    replyRow('Chưa trả lời', reply.waiting),
    ...(reply.median === null
      ? []
      : [replyRow('Một nửa số yêu cầu trong vòng (phút làm việc)', reply.median)]),
  ]);
  return c.body(csv, 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': 'attachment; filename="so-lieu.csv"',
    'Cache-Control': 'private, no-store',
  });
}

/** "45 phút" or "2 giờ 5 phút". */
function sayMinutes(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)];
  const parts = [hours === 0 ? '' : `${hours} giờ`, rest === 0 && hours > 0 ? '' : `${rest} phút`];
  return parts.filter((part) => part !== '').join(' ');
}
