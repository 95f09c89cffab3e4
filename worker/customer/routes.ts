import { Hono } from 'hono';
import type { AppEnv } from '../web/context.ts';
import { openCustomerRecord, showDetails } from './access.ts';
import { answerCustomerAction, customerActionFields } from './actions.ts';
import { answerAgainForm, readPast, sendAgain } from './again.ts';
import { answerMessageStatus } from './message-page.ts';
import { answerBookingStatus } from './page.ts';
import { answerPlanAction, planActionFields } from './plan-actions.ts';
import { answerPlanFeed } from './plan-feed.ts';
import { answerPlanPage } from './plan-page.ts';
import { answerReceipt } from './receipt-page.ts';
import { answerView } from './view-page.ts';
import { renderBookingCalendar } from '../wording/calendar-file.ts';
import { answerNotFound, withSlash } from '../web/pages.ts';
import { answerUnread } from '../web/problems.ts';
import { readFields } from '../web/read-fields.ts';
import { listEvents } from '../store/events.ts';

/** `/don/<code>/?k=`: the customer's page, its actions and its calendar file. */
export const customerRoutes = new Hono<AppEnv>()
  .get('/:code', (c) => c.redirect(withSlash(c.req.url), 308))
  .get('/:code/', async (c) => {
    const record = await openCustomerRecord(c);
    if (record.kind === 'refused') return record.answer;
    if (record.kind === 'plan') return answerPlanPage(c, record);
    if (record.kind === 'message') return answerMessageStatus(c, record);
    return record.link.scope === 'view' ? answerView(c, record) : answerBookingStatus(c, record);
  })
  .post('/:code/', async (c) => {
    const record = await openCustomerRecord(c);
    if (record.kind === 'refused') return record.answer;
    if (record.kind === 'booking' && record.link.scope === 'view')
      return answerView(c, record, 403);
    const fieldNames = record.kind === 'plan' ? planActionFields : customerActionFields;
    const read = await readFields(c.req.raw, fieldNames);
    if (!read.ok) return answerUnread(c, read);
    if (read.fields['act'] === 'open') return showDetails(c, record, record.link.self);
    if (record.kind === 'plan') return answerPlanAction(c, record, read.fields);
    return record.kind === 'message'
      ? answerMessageStatus(c, record)
      : answerCustomerAction(c, record, read.fields);
  })
  .get('/:code/dat-lai', (c) => c.redirect(withSlash(c.req.url), 308))
  .on(['GET', 'POST'], '/:code/dat-lai/', async (c) => {
    const record = await openCustomerRecord(c);
    if (record.kind === 'refused') return record.answer;
    const past = await readPast(c, record);
    if (past === null) return c.redirect(record.link.self, 303);
    return c.req.method === 'POST' ? sendAgain(c, past) : answerAgainForm(c, past, { values: {} });
  })
  .get('/:code/bien-nhan', (c) => c.redirect(withSlash(c.req.url), 308))
  .get('/:code/bien-nhan/', async (c) => {
    const record = await openCustomerRecord(c);
    if (record.kind === 'refused') return record.answer;
    return record.kind === 'booking' ? answerReceipt(c, record) : answerNotFound(c);
  })
  .get('/:code/lich.ics', async (c) => {
    if (c.req.query('f') !== undefined) return answerPlanFeed(c);
    const record = await openCustomerRecord(c);
    if (record.kind === 'refused') return record.answer;
    if (record.kind !== 'booking' || record.link.scope === 'view') return answerNotFound(c);
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
