import { MESSAGE, PERSON } from './people.ts';

const WAIT_MS = 20_000;
/** Longer than a form has to be open before it is sent. */
const OPEN_MS = 2_100;
const AVAILABILITY = '/api/availability?service=giat-ghe-sofa&days=20';

/** A record with the links of both sides, the cookie that opened details leave, and the token of the page about its data. */
export interface Reader {
  url: string;
  code: string;
  customer: string;
  /** The page about the record's data. */
  data: string;
  dataToken: string;
  staff: string;
  cookie: string;
}

/** Books as a customer would, takes the staff's link from the mail and opens the details. */
export async function bookOnline(url: string): Promise<Reader> {
  const open = await fetch(url + AVAILABILITY);
  const { days } = await open.json<{ days: { date: string; windows: { id: string }[] }[] }>();
  const day = days.findLast(({ windows }) => windows.length > 0);
  return send(url, '/api/bookings', {
    ...PERSON,
    service: 'giat-ghe-sofa',
    ward: '16690',
    date: day?.date,
    window: day?.windows[0]?.id,
    consent: 'yes',
  });
}

/** Sends a contact message as a customer would, takes the staff's link from the mail and opens the details. */
export function writeOnline(url: string): Promise<Reader> {
  const { name, phone } = PERSON;
  const message = { kind: 'question', name, phone, message: MESSAGE, consent: 'yes' };
  return send(url, '/api/contact', message);
}

/** What a form posts, and where; the answer is not followed. */
export function post(address: string, fields: Record<string, string>): Promise<Response> {
  return fetch(address, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: new URL(address).origin, 'Sec-Fetch-Site': 'same-origin' },
    body: new URLSearchParams(fields),
  });
}

async function send(url: string, path: string, fields: object): Promise<Reader> {
  const source = path === '/api/contact' ? '/api/contact/intent' : AVAILABILITY;
  const { intent } = await (await fetch(url + source)).json<{ intent: string }>();
  await new Promise((resume) => setTimeout(resume, OPEN_MS));
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ ...fields, intent }),
  });
  if (answer.status !== 201) throw new Error(`${path} was answered ${answer.status}`);
  const { code, statusUrl } = await answer.json<{ code: string; statusUrl: string }>();
  const data = statusUrl.replace('/?', '/du-lieu/?');
  const shown = cookieOf(await post(url + statusUrl, { act: 'open' }));
  const dataToken = await readToken(url + data, 'see', shown);
  const staff = await findStaffLink(url, code);
  const cookie = await openDetails(url + staff);
  return { url, code, customer: statusUrl, data, dataToken, staff, cookie: `${shown}; ${cookie}` };
}

/** Opens the details as staff do: a radio by hand, a button, and a cookie for half an hour. */
async function openDetails(address: string): Promise<string> {
  const token = await readToken(address, 'open');
  const answer = await post(address, { act: 'open', token, sure: 'yes' });
  if (answer.status !== 303) throw new Error(`Opening the details was answered ${answer.status}`);
  return cookieOf(answer);
}

function cookieOf(answer: Response): string {
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

async function readToken(address: string, act: string, cookie = ''): Promise<string> {
  const page = await (await fetch(address, { headers: { cookie } })).text();
  const form = page.split('<form').find((text) => text.includes(`value="${act}"`)) ?? '';
  return /name="token" value="([^"]+)"/.exec(form)?.[1] ?? '';
}

async function findStaffLink(url: string, code: string): Promise<string> {
  for (const until = Date.now() + WAIT_MS; Date.now() < until;) {
    const inbox = await (await fetch(`${url}/dev/inbox.json`)).json<{ text?: string }[]>();
    const mail = inbox.find(({ text }) => text?.includes(code));
    const link = /\/viec\/[\w.~-]+\//.exec(mail?.text ?? '')?.[0];
    if (link !== undefined) return link;
    await new Promise((resume) => setTimeout(resume, 300));
  }
  throw new Error('No mail to staff');
}
