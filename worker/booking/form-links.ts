import { Hono } from 'hono';
import { joinValues, listFieldNames } from '../../shared/forms/fields.ts';
import { bookingFieldNames, serviceFieldNames } from '../../shared/forms/booking.ts';
import { answerBookingPage } from './page.ts';
import type { AppContext, AppEnv } from '../web/context.ts';
import { readIntent } from '../signing/links.ts';
import { answerUnread } from '../web/problems.ts';
import { readFields } from '../web/read-fields.ts';
import { withSlash } from '../web/pages.ts';
import { answerContactPage, answerEnglishPage } from '../contact/page.ts';

/** Query parameters that prefill a form. */
const BOOKING_QUERY = ['service', 'from', 'ward'] as const;
const CONTACT_QUERY = ['kind', 'code', 'proof'] as const;

/** The form pages: the static page with a new intent, and for booking the windows that are free now. */
export const formRoutes = new Hono<AppEnv>()
  .get('/dat-lich', (c) => c.redirect(withSlash(c.req.url), 308))
  .get('/lien-he', (c) => c.redirect(withSlash(c.req.url), 308))
  .get('/en', (c) => c.redirect(withSlash(c.req.url), 308))
  .get('/en/', answerEnglishPage)
  .get('/dat-lich/', (c) => answerBookingPage(c, { values: pick(c, BOOKING_QUERY) }))
  .post('/dat-lich/', answerBookingFormWithInput)
  .get('/lien-he/', (c) => answerContactPage(c, { values: pick(c, CONTACT_QUERY) }));

/** The booking form with everything that was typed, and the service's windows from the day that the button names. */
async function answerBookingFormWithInput(c: AppContext): Promise<Response> {
  const read = await readFields(c.req.raw, [...bookingFieldNames, ...serviceFieldNames, 'from']);
  if (!read.ok) return answerUnread(c, read);
  const values = read.fields;
  if (values['from'] === undefined) return c.notFound();
  const signing = { keys: c.var.linkKeys, now: c.var.now };
  const intent = await readIntent(signing, 'booking', values['intent'] ?? '');
  const firstAt = intent === null ? {} : { firstAt: intent.firstAt };
  return answerBookingPage(c, { values, status: 200, ...firstAt });
}

function pick(c: AppContext, names: readonly string[]): Record<string, string> {
  const known = names.flatMap((name) => {
    const values = c.req.queries(name) ?? [];
    const [first] = values;
    if (first === undefined) return [];
    return [[name, listFieldNames.includes(name) ? joinValues(values) : first] as const];
  });
  return Object.fromEntries(known);
}
