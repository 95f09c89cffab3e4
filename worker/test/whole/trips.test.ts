import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { customerPath } from '../../signing/links';
import { staffPath, weekPath } from '../../signing/staff-links';
import { readLinkKeys } from '../../signing/tokens';
import { formOf, Visitor } from '../browser';
import { countTrips } from '../count-trips';
import { bookingFields, contactFields, NOW } from '../fixtures';
import { submitBooking, submitMessage } from '../records';
import { ORIGIN, send } from '../requests';
import { staffSigning } from '../staff';

type Asked = [path: string, init?: RequestInit];

const keys = readLinkKeys(env.LINK_KEYS);

const own = async (part = '') =>
  (await customerPath(keys, await submitBooking())).replace('/?', `/${part}?`);
const job = async () => staffPath(staffSigning(), await submitBooking());

function json(fields: object): RequestInit {
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
  return { method: 'POST', headers, body: JSON.stringify(fields) };
}

/** The post of a form that a page shows, after a press that opens it where the page asks for one. */
async function submit(
  path: string,
  act: string,
  choices: Record<string, string> = { sure: 'yes' },
): Promise<Asked> {
  const me = new Visitor(NOW);
  const page = await me.open(path);
  const isShown = page.forms.some(({ values }) => values['act'] === act);
  const shown = isShown ? page : await me.follow(formOf(page, 'open'), { sure: 'yes' });
  const { action, values } = formOf(shown, act);
  const headers = { Accept: 'text/html', Origin: ORIGIN, 'Sec-Fetch-Site': 'same-origin' };
  return [
    action,
    { method: 'POST', headers, body: new URLSearchParams({ ...values, ...choices }) },
  ];
}

test.each<[name: string, most: number, status: number, ask: () => Promise<Asked>]>([
  ['booking page', 1, 200, async () => ['/dat-lich/?service=ve-sinh-nha-o']],
  [
    'booking page with a start of another week',
    1,
    200,
    async () => ['/dat-lich/?service=ve-sinh-nha-o&date=2026-12-10&window=sang'],
  ],
  ['windows', 1, 200, async () => ['/api/availability?service=ve-sinh-nha-o']],
  ['accepted booking', 2, 201, async () => ['/api/bookings', json(bookingFields())]],
  ['refused booking', 1, 422, async () => ['/api/bookings', json(bookingFields({ phone: '' }))]],
  ['accepted message', 2, 201, async () => ['/api/contact', json(contactFields())]],
  ['customer’s page', 2, 200, async () => [await own()]],
  ['calendar file', 2, 200, async () => [await own('lich.ics')]],
  ['data page', 2, 200, async () => [await own('du-lieu/')]],
  [
    'sender’s page of a message',
    2,
    200,
    async () => [await customerPath(keys, await submitMessage())],
  ],
  ['staff’s page of a job', 2, 200, async () => [await job()]],
  [
    'staff’s page of a message',
    2,
    200,
    async () => [await staffPath(staffSigning(), await submitMessage())],
  ],
  ['week', 2, 200, async () => [await weekPath(staffSigning())]],
  ['what is kept', 1, 200, async () => ['/minh-bach/']],
  ['status', 1, 200, async () => ['/api/status']],
  ['health', 1, 200, async () => ['/api/health']],
  ['visits', 1, 200, async () => ['/api/visits']],
  ['erasing', 5, 303, async () => submit(await own('du-lieu/'), 'erase')],
  ['opening details', 3, 303, async () => submit(await job(), 'open')],
  ['confirming', 5, 303, async () => submit(await job(), 'confirm')],
  ['cancelling', 6, 303, async () => submit(await own(), 'cancel')],
])('%s: at most %i trips one after the other', async (_name, most, status, ask) => {
  const [path, init] = await ask();
  const { env: counting, trips } = countTrips(env);
  const answer = await send(path, init, { env: counting });
  expect([answer.status, trips() <= most ? most : trips()]).toEqual([status, most]);
});
