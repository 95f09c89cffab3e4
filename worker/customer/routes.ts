import { Hono } from 'hono';
import type { AppEnv } from '../web/context.ts';
import { openCustomerRecord, showDetails } from './access.ts';
import { answerCustomerAction, customerActionFields } from './actions.ts';
import { answerBookingStatus, answerMessageStatus } from './page.ts';
import { renderBookingCalendar } from '../wording/calendar-file.ts';
import { answerNotFound, withSlash } from '../web/pages.ts';
import { answerProblem, problems } from '../web/problems.ts';
import { readFields } from '../web/read-fields.ts';
import { listEvents } from '../store/events.ts';

/** `/don/<code>/?k=`: the customer's page, its actions and its calendar file. */
export const customerRoutes = new Hono<AppEnv>()
  .get('/:code', (c) => c.redirect(withSlash(c.req.url), 308))
  .get('/:code/', async (c) => {
    const record = await openCustomerRecord(c);
    if (record.kind === 'refused') return record.answer;
    return record.kind === 'booking'
      ? answerBookingStatus(c, record)
      : answerMessageStatus(c, record);
  })
  .post('/:code/', async (c) => {
    const record = await openCustomerRecord(c);
    if (record.kind === 'refused') return record.answer;
    const read = await readFields(c.req.raw, customerActionFields);
    if (!read.ok) return answerProblem(c, problems[read.reason]);
    if (read.fields['act'] === 'open') return showDetails(c, record, record.link.self);
    return record.kind === 'message'
      ? answerMessageStatus(c, record)
      : answerCustomerAction(c, record, read.fields);
  })
  .get('/:code/lich.ics', async (c) => {
    const record = await openCustomerRecord(c);
    if (record.kind === 'refused') return record.answer;
    if (record.kind === 'message') return answerNotFound(c);
    const { booking } = record;
    const changedAt = (await listEvents(c.env.DB, booking.id)).at(-1)?.at ?? booking.createdAt;
    const { filename, content } = renderBookingCalendar(c.env, booking, changedAt);
    return c.body(content, 200, {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': `attachment; filename="${filename}"`,
      'Cache-Control': 'private, no-store',
      'X-Robots-Tag': 'noindex',
    });
  });
