import { Hono } from 'hono';
import { bookingRules } from '../../shared/content/catalogue.ts';
import { joinValues } from '../../shared/forms/fields.ts';
import { parseServices } from '../../shared/forms/services.ts';
import { measureVisit } from '../../shared/jobs/visit.ts';
import { isBookableDay } from '../../shared/jobs/availability.ts';
import { toVietnamDate } from '../../shared/time.ts';
import { issueIntent } from '../signing/links.ts';
import type { AppEnv } from '../web/context.ts';
import { problemJson } from '../web/problems.ts';
import { readOpenDays } from '../time-windows/window-page.ts';

const DAYS_DEFAULT = '14';
const DAYS_MAX = 60;

/** `GET /api/availability?service=&from=&days=`: the starts of a visit with the seats left (`service` up to three times), and the intent for a booking. */
export const availabilityRoutes = new Hono<AppEnv>().get('/', async (c) => {
  const today = toVietnamDate(c.var.now);
  const asked = parseServices({ service: joinValues(c.req.queries('service') ?? []) });
  const visit = measureVisit(asked);
  const from = c.req.query('from') ?? today;
  const days = c.req.query('days') ?? DAYS_DEFAULT;
  const errors = [
    ...asked.errors,
    ...(isBookableDay(bookingRules, from, today)
      ? []
      : [
          {
            field: 'from',
            message: `Ghi một ngày từ hôm nay đến ${bookingRules.horizonDays} ngày tới, dạng ${today}.`,
          },
        ]),
    ...(/^[1-9]\d?$/.test(days) && Number(days) <= DAYS_MAX
      ? []
      : [{ field: 'days', message: `Ghi số ngày từ 1 đến ${DAYS_MAX}.` }]),
  ];
  if (visit === undefined || errors.length > 0) {
    const problem = {
      status: 422,
      title: 'Thông tin chưa đủ',
      detail: 'Xem lại các tham số.',
    } as const;
    return problemJson(c, problem, { errors });
  }
  const question = { rules: bookingRules, visit, now: c.var.now };
  const open = await readOpenDays(c.env.DB, question, { from, days: Number(days) });
  c.header('Cache-Control', 'no-store');
  return c.json({
    service: asked.services[0]?.id,
    services: asked.services.map(({ id }) => id),
    intent: await issueIntent({ keys: c.var.linkKeys, now: c.var.now }, 'booking'),
    days: open.map((day) => ({
      date: day.date,
      windows: day.windows.map(({ id, label, from: start, to, seatsLeft, fits }) => ({
        id,
        label,
        from: start,
        to,
        seatsLeft,
        fits,
      })),
    })),
  });
});
