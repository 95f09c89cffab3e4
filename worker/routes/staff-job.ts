import { Hono } from 'hono';
import type { AppEnv } from '../context.ts';
import { answerProblem, problems } from '../problems.ts';
import { readFields } from '../read-fields.ts';
import { openStaffRecord } from '../staff-access.ts';
import { answerJobAction, staffActionFields } from '../staff-job-actions.ts';
import { answerJobPage } from '../staff-job-page.ts';
import { answerMessageAction, answerMessagePage } from '../staff-message-page.ts';
import { withSlash } from './forms.ts';

/** `/viec/<token>/`: one job or message for staff. GET and HEAD change nothing; every POST needs a radio chosen by hand. */
export const staffJobRoutes = new Hono<AppEnv>()
  .get('/:token', (c) => c.redirect(withSlash(c.req.url), 308))
  .get('/:token/', async (c) => {
    const record = await openStaffRecord(c);
    if (record.kind === 'refused') return record.answer;
    return record.kind === 'booking'
      ? answerJobPage(c, record.booking)
      : answerMessagePage(c, record.message);
  })
  .post('/:token/', async (c) => {
    const record = await openStaffRecord(c);
    if (record.kind === 'refused') return record.answer;
    const read = await readFields(c.req.raw, staffActionFields);
    if (!read.ok) return answerProblem(c, problems[read.reason]);
    return record.kind === 'booking'
      ? answerJobAction(c, record.booking, read.fields)
      : answerMessageAction(c, record.message, read.fields);
  });
