import { company } from '../../shared/content/catalogue.ts';
import { parseCode } from '../../shared/jobs/code.ts';
import { toVietnamDate } from '../../shared/time.ts';
import { isPlanFeedToken, planFeedPath } from '../signing/links.ts';
import { listPlanVisits } from '../store/plan-visits.ts';
import { findPlanByCode, type Plan } from '../store/plans.ts';
import type { AppContext } from '../web/context.ts';
import { answerProblem } from '../web/problems.ts';
import { renderFeed } from '../wording/calendar-file.ts';
import { isComing } from './plan-visits.ts';

const wrongLink = {
  status: 403,
  title: 'Địa chỉ lịch không dùng được',
  detail:
    'Địa chỉ lịch này bị thiếu chữ. Lấy lại ở trang lịch định kỳ, rồi thêm lại vào ứng dụng lịch.',
} as const;

/** `/don/<code>/lich.ics?f=`: the coming visits of a plan, to download or subscribe to. What is skipped is simply not in it. */
export async function answerPlanFeed(c: AppContext): Promise<Response> {
  const { linkKeys: keys, now } = c.var;
  const code = parseCode(company.codePrefix, c.req.param('code') ?? '');
  const plan = code === null ? null : await findPlanByCode(c.env.DB, code);
  const token = c.req.query('f') ?? '';
  if (plan === null || !(await isPlanFeedToken(keys, plan.id, token)))
    return answerProblem(c, wrongLink);
  const visits = await listPlanVisits(c.env.DB, plan.id, { today: toVietnamDate(now), now });
  const name = `Lịch định kỳ ${plan.code} · ${company.shortName}`;
  const coming = visits.filter((visit) => isComing(visit, now));
  return c.body(renderFeed(c.env, name, coming), 200, {
    'Content-Type': 'text/calendar; charset=utf-8',
    'Content-Disposition': `inline; filename="${plan.code}.ics"`,
    'Cache-Control': 'private, no-store',
    'X-Robots-Tag': 'noindex',
  });
}

/** The calendar of a plan as its page offers it: as a file, and as an address to subscribe to. */
export async function feedData(c: AppContext, plan: Plan) {
  const path = await planFeedPath(c.var.linkKeys, plan);
  const address = new URL(path, c.env.PUBLIC_ORIGIN).href;
  return {
    calendarHref: path,
    calendarAddress: address,
    subscribeHref: address.replace(/^https?:/, 'webcal:'),
  };
}
