import { Hono } from 'hono';
import type { Booking } from '../store/bookings.ts';
import type { AppContext, AppEnv } from '../web/context.ts';
import { answerUnread } from '../web/problems.ts';
import { readFields } from '../web/read-fields.ts';
import { openStaffRecord } from './access.ts';
import { agreeJob, openAgreeForm } from './agree-job.ts';
import { answerJobAction, staffActionFields } from './job-actions.ts';
import { answerJobPage } from './job-page.ts';
import { answerMessageAction, answerMessagePage } from './message-page.ts';
import { answerPlanAction, planActionFields } from './plan-actions.ts';
import { answerPlanPage } from './plan-page.ts';
import { withSlash } from '../web/pages.ts';

/**
 * `/viec/<token>/`: one job or message for staff. GET and HEAD change nothing, and a POST only with a radio or box ticked,
 * since mail scanners open links and may send forms.
 */
export const staffJobRoutes = new Hono<AppEnv>()
  .get('/:token', (c) => c.redirect(withSlash(c.req.url), 308))
  .get('/:token/', async (c) => {
    const record = await openStaffRecord(c);
    if (record.kind === 'refused') return record.answer;
    if (record.kind === 'plan') return answerPlanPage(c, record.plan);
    return record.kind === 'booking'
      ? answerJobPage(c, record.booking)
      : answerMessagePage(c, record.message);
  })
  .get('/:token/chot/', (c) => withBooking(c, openAgreeForm))
  .post('/:token/chot/', (c) => withBooking(c, agreeJob))
  .post('/:token/', async (c) => {
    const record = await openStaffRecord(c);
    if (record.kind === 'refused') return record.answer;
    const fieldNames = record.kind === 'plan' ? planActionFields : staffActionFields;
    const read = await readFields(c.req.raw, fieldNames);
    if (!read.ok) return answerUnread(c, read);
    if (record.kind === 'plan') return answerPlanAction(c, record.plan, read.fields);
    return record.kind === 'booking'
      ? answerJobAction(c, record.booking, read.fields)
      : answerMessageAction(c, record.message, read.fields);
  });

async function withBooking(
  c: AppContext,
  answer: (c: AppContext, booking: Booking) => Promise<Response>,
): Promise<Response> {
  const record = await openStaffRecord(c);
  if (record.kind === 'refused') return record.answer;
  return record.kind === 'booking' ? answer(c, record.booking) : c.notFound();
}
