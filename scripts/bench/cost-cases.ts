import { bookingRules, services } from '../../shared/content/catalogue.ts';
import { addDays } from '../../shared/time.ts';
import {
  dayPath,
  feedPath,
  numbersPath,
  staffPath,
  weekPath,
} from '../../worker/signing/staff-links.ts';
import { readStaffKeys } from '../../worker/signing/tokens.ts';
import type { Asked, Case, CostServer } from './cost-server.ts';
import { issueIntents, KEY } from './hosts.ts';
import { makeBookings, makeMessages } from './load.ts';
import { confirmPath } from '../../worker/signing/letter-links.ts';

/** The day whose sheet is asked for, on which bookings were made. */
const DAYS_AHEAD = 3;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Phones of staff that are told of each request, and subscribers of the letters. */
const PHONES = 4;
const SUBSCRIBERS = 500;
/** Longer than the queue takes for a letter to all of them. */
const LETTER_MS = 30_000;
/** More than a run stores of one kind: an intent is used once. */
const INTENTS = 30_000;

/** What is measured, by the names in `perDay`, and how many bookings were made for it so far. */
export async function makeCases(
  server: CostServer,
): Promise<{ cases: Readonly<Record<string, Case>>; countBookings: () => number }> {
  const today = new Date().toISOString().slice(0, 10);
  const nextBody = makeBookings(today, await issueIntents('booking', INTENTS), {
    days: bookingRules.horizonDays,
  });
  const nextMessage = makeMessages(await issueIntents('contact', INTENTS));
  let [booked, hours] = [0, 0];
  const signing = { keys: readStaffKeys(KEY), now: new Date(), epoch: 0 };
  const firstHour = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS;

  const nextBooking = async (): Promise<Asked> => {
    booked += 1;
    await server.ask(['/bench/hours-later']);
    return ['/api/bookings', asJson(nextBody())];
  };
  const book = async () => {
    const answer = await server.ask(await nextBooking(), 201);
    const { code, statusUrl } = await answer.json<{ code: string; statusUrl: string }>();
    const { pathname, search } = new URL(statusUrl, 'https://example.com');
    const id = await server.ask([`/bench/id?code=${code}`]);
    const job = await staffPath(signing, await id.json<{ id: string; code: string }>());
    const own = (part = '') => pathname + part + search;
    const opened = await server.ask([own(), asForm({ act: 'open' })], 303);
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
    return { own, shown: { cookie }, job };
  };
  /** The post of a form on a page, by the token that stands in the page. */
  const act = async (
    page: string,
    name: string,
    { more = {}, headers = {} } = {},
  ): Promise<Asked> => {
    const html = await (await server.ask([page, { headers }])).text();
    const token = /name="token"[^>]* value="([^"]+)"/.exec(html)?.[1] ?? '';
    return [page, asForm({ act: name, token, sure: 'yes', ...more }, headers)];
  };
  const erase = async () => {
    const { own, shown } = await book();
    return act(own('du-lieu/'), 'erase', { headers: shown });
  };
  const get = (at: string, headers = {}): Case => ({ next: () => [at, { headers }], status: 200 });
  const cron = (at: () => number): Case => ({
    next: () => [`/bench/cron?at=${at()}`],
    status: 200,
  });

  let signedUp = 0;
  const nextSignUp = async (): Promise<Asked> => {
    await server.ask(['/bench/signed-up']);
    signedUp += 1;
    const email = `${signedUp}@example.invalid`;
    return ['/api/letters', asJson(JSON.stringify({ email, consent: 'yes' }))];
  };
  const nextConfirmation = async (): Promise<Asked> => {
    await server.ask(await nextSignUp(), 202);
    const { id } = await (await server.ask(['/bench/signed-up'])).json<{ id: string }>();
    return [await confirmPath({ keys: [KEY], now: new Date() }, id, 1), asForm({})];
  };

  await server.ask([`/bench/phones?count=${PHONES}`]);
  const { own, shown, job } = await book();
  const cases: Readonly<Record<string, Case>> = {
    'POST /api/visits': {
      next: () => ['/api/visits', asForm({ path: '/' }, BROWSER)],
      status: 204,
    },
    'GET /api/visits': get('/api/visits?path=/'),
    'GET /lien-he/': get('/lien-he/'),
    'GET /dat-lich/': get('/dat-lich/'),
    'GET /api/availability': get(`/api/availability?service=${services[0]?.id}`),
    'POST /api/bookings': { next: nextBooking, status: 201 },
    'POST /api/contact': {
      next: async () => {
        await server.ask(['/bench/hours-later']);
        return ['/api/contact', asJson(nextMessage())];
      },
      status: 201,
    },
    'GET /don/<code>/': get(own(), shown),
    'GET /don/<code>/du-lieu/': get(own('du-lieu/'), shown),
    'POST … erase': { next: erase, status: 303 },
    'GET /viec/<token>/': get(job),
    'POST … open': { next: () => act(job, 'open'), status: 303 },
    'POST … confirm': { next: async () => act((await book()).job, 'confirm'), status: 303 },
    'POST … pay': {
      next: async () => {
        const one = await book();
        await server.ask(await act(one.job, 'confirm'), 303);
        return act(one.job, 'pay', { more: { paid: '500000', method: 'cash' } });
      },
      status: 303,
    },
    'GET /viec/lich/<token>/': get(await weekPath(signing)),
    'GET /viec/ngay/<date>/<token>/': get(await dayPath(signing, addDays(today, DAYS_AHEAD))),
    'GET /viec/lich.ics?f=': get(await feedPath(signing, null)),
    'GET /viec/so-lieu/<token>/': get(await numbersPath(signing)),
    'GET /tim-kiem/?q=': get(`/tim-kiem/?q=${encodeURIComponent(services[0]?.name ?? '')}`),
    'GET /minh-bach/': get('/minh-bach/'),
    'POST /api/letters': { next: nextSignUp, status: 202 },
    'POST /ban-tin/xac-nhan/<token>/': { next: nextConfirmation, status: 303 },
    'a letter to 500 subscribers': {
      next: async () => {
        await server.ask([`/bench/subscribers?count=${SUBSCRIBERS}`]);
        return ['/bench/letter'];
      },
      status: 200,
      lastsMs: LETTER_MS,
    },
    'cron, a full hour': cron(() => firstHour + (hours += 1) * HOUR_MS),
    'cron, a minute at rest': cron(() => firstHour + hours * HOUR_MS + MINUTE_MS),
  };
  return { cases, countBookings: () => booked };
}

const BROWSER = { 'user-agent': 'Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile' };

function asJson(body: string): RequestInit {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  return { method: 'POST', headers, body };
}

function asForm(fields: Record<string, string>, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { accept: 'text/html', ...headers },
    body: new URLSearchParams(fields),
  };
}
