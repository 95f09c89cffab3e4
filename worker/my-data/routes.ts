import { Hono } from 'hono';
import type { AppEnv } from '../web/context.ts';
import { openDataRecord, showDetails } from '../customer/access.ts';
import { answerMyDataAction, myDataFields } from './actions.ts';
import { answerMyData, myDataPath } from './page.ts';
import { answerUnread } from '../web/problems.ts';
import { readFields } from '../web/read-fields.ts';
import { withSlash } from '../web/pages.ts';

/** `/don/<code>/du-lieu/?k=`: the stored data with requests and ledger, and forms for copy, correction, withdrawal, erasure. */
export const myDataRoutes = new Hono<AppEnv>()
  .get('/:code/du-lieu', (c) => c.redirect(withSlash(c.req.url), 308))
  .get('/:code/du-lieu/', async (c) => {
    const record = await openDataRecord(c);
    return record.kind === 'refused' ? record.answer : answerMyData(c, record);
  })
  .post('/:code/du-lieu/', async (c) => {
    const record = await openDataRecord(c);
    if (record.kind === 'refused') return record.answer;
    const read = await readFields(c.req.raw, myDataFields);
    if (!read.ok) return answerUnread(c, read);
    if (read.fields['act'] === 'open') return showDetails(c, record, myDataPath(record));
    return answerMyDataAction(c, record, read.fields);
  });
