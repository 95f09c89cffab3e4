import { env } from 'cloudflare:workers';
import { customerPath, viewPath } from '../../signing/links.ts';
import {
  dataPath,
  dayPath,
  feedPath,
  freshStaffPath,
  issueWeekActionToken,
  numbersPath,
  staffPath,
  weekPath,
} from '../../signing/staff-links.ts';
import { readLinkKeys } from '../../signing/tokens.ts';
import { findEpoch } from '../../store/link-epochs.ts';
import { type PageForm, Visitor } from '../browser.ts';
import { crewLink, madeUpCrews } from '../crews.ts';
import { bookingFields, contactFields } from '../fixtures.ts';
import { makePng } from '../pictures.ts';
import { staffSigning } from '../staff.ts';
import { fitting, type Input } from './inputs.ts';

/** An address, and what a form there holds; pages without a form hold nothing. */
export interface Target {
  path: string;
  values: Readonly<Record<string, string>>;
  radios: PageForm['radios'];
  /** What shows the details of its record, where the page was opened by hand. */
  cookie: string;
}

/** Addresses that are asked as they are. */
const PLAIN = [
  ...['/api/bookings', '/api/contact', '/api/availability?service=giat-ghe-sofa&from=2026-11-24'],
  ...['/api/health', '/api/visits', '/api/status', '/minh-bach/', '/tim-kiem/?q=sofa', '/don/'],
  ...['/don/TS-7K4M/', '/viec/', '/viec/lich/', '/khong-co/', '/404', '/khung/don/', '/dat-lich/'],
];

/** Days whose sheet is opened, in turn; the first is the day on which the records are made. */
const DAYS = ['2026-11-26', '2026-11-23', '2026-12-03'];

/** What a browser sends of a phone, as far as it is no object. */
const SUBSCRIPTION = {
  name: 'Máy Lan',
  subscription: '',
  publicKey: '',
  endpoint: 'https://a.example',
};

/** Records whose pages are opened at a time, in turn. */
const RECORDS = 2;

/** Everything that a customer and staff can send from the pages of some records, as they stand now. */
export async function openTargets(now: Date, round: number): Promise<Target[]> {
  const keys = readLinkKeys(env.LINK_KEYS);
  const signing = staffSigning(now, await findEpoch(env.DB, 'staff'));
  const { results } = await env.DB.prepare(
    `select id, code, created_at from bookings union all select id, code, created_at from messages
     order by created_at`,
  ).all<{ id: string; code: string }>();
  const first = (round * RECORDS) % results.length;
  const records = results.slice(first, first + RECORDS);
  const week = await weekPath(signing);
  const day = DAYS[round % DAYS.length] ?? '';
  const crew = madeUpCrews[round % madeUpCrews.length]?.id ?? '';
  const opened = ['/dat-lich/?from=2026-11-25', '/lien-he/', week, `${week}them/`];
  opened.push(await dayPath(signing, day), await crewLink(crew, day, now));
  const numbers = await numbersPath(signing);
  const asked = [...PLAIN, numbers, `${numbers}so-lieu.csv`];
  asked.push(await feedPath(signing, null), await feedPath(signing, crew));
  for (const record of records) {
    const own = await customerPath(keys, record);
    opened.push(own, own.replace('/?', '/du-lieu/?'), await staffPath(signing, record));
    opened.push(own.replace('/?', '/dat-lai/?'));
    asked.push(own.replace('/?', '/lich.ics?'), await dataPath(signing, record));
    asked.push(own.replace('/?', '/bien-nhan/?'), own.replace('/?', '/anh/?'));
    asked.push(await viewPath(keys, record));
    asked.push(await freshStaffPath(signing, record));
  }
  const targets = [...asked, ...opened].map((path) => withoutForm(path));
  const weekToken = week.split('/').at(-2) ?? '';
  const phone = { token: await issueWeekActionToken(signing, weekToken), ...SUBSCRIPTION };
  targets.push({ ...withoutForm(`${week}thiet-bi/`), values: phone });
  for (const path of opened) {
    const ofPage = await formsOf(new Visitor(now), path);
    // Forms count threefold: what they send changes records.
    targets.push(...ofPage, ...ofPage, ...ofPage);
  }
  return targets;
}

/** The forms of a page, and those that are there once its details were opened by hand. */
async function formsOf(me: Visitor, path: string): Promise<Target[]> {
  const page = await me.open(path);
  const press = page.forms.find(({ values: { act } }) => act === 'open');
  const shown = press === undefined ? null : await me.follow(press, { sure: 'yes' });
  return [page, ...(shown === null ? [] : [shown])].flatMap(({ forms }) =>
    forms
      // Staff may set more seats than the settings have, which `findBroken` counts by.
      .filter(({ values }) => values['act'] !== 'seats')
      .map(({ action, values, radios }) => {
        const address = action === '' ? path : action;
        const bare = withoutForm(address);
        const cookie = me.cookieFor(address);
        return { ...bare, values: { ...bare.values, ...values }, radios, cookie };
      }),
  );
}

function withoutForm(path: string): Target {
  return { path, values: fieldsFor(path), radios: [], cookie: '' };
}

/** What a person fills into the forms that ask for a person; other forms are filled by their page. */
function fieldsFor(path: string): Record<string, string> {
  if (/^\/(?:api\/bookings|dat-lich)/.test(path)) return bookingFields();
  if (path.includes('/them/')) return { ...bookingFields(), slot: '2026-11-26/chieu' };
  if (/^\/(?:api\/contact|lien-he)/.test(path)) return contactFields();
  if (path.startsWith('/api/visits')) return { path: '/lien-he/' };
  return path === '/don/' ? { code: 'TS-7K4M', digits: '5678' } : {};
}

/** The request of an input to one of the targets, or null where no client can make it. */
export function makeRequest(input: Input, targets: readonly Target[]): Request | null {
  const target = targets[input.target % targets.length];
  const other = targets[(input.target + 7) % targets.length];
  if (target === undefined || other === undefined) return null;
  const values = changeFields(target, input);
  const hasBody = !['GET', 'HEAD'].includes(input.method);
  const headers = new Headers(target.cookie === '' ? {} : { Cookie: target.cookie });
  try {
    for (const [name, text] of input.headers) headers.set(name, text);
    const body = hasBody ? encode(values, input, headers) : null;
    const url = new URL(changeToken(target.path, input, other.path), 'https://example.com');
    if (!hasBody)
      for (const [name, text] of Object.entries(values)) url.searchParams.set(name, text);
    return new Request(url, { method: input.method, headers, body, redirect: 'manual' });
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function changeFields({ values, radios }: Target, { changes, choice, odd }: Input) {
  const chosen = radios[choice % Math.max(1, radios.length)];
  const changed: Record<string, string> = { ...values };
  if (chosen !== undefined) changed[chosen.name] = chosen.value;
  const names = [...Object.keys(changed), odd.slice(0, 20)];
  for (const { at, value } of changes) {
    const name = names[at % names.length] ?? '';
    const fits = fitting[name] ?? fitting['other'] ?? [];
    if (value === null) Reflect.deleteProperty(changed, name);
    else changed[name] = typeof value === 'number' ? (fits[value % fits.length] ?? '') : value;
  }
  return changed;
}

/** Small enough to be written anew many times. */
const PICTURE = new Blob([await makePng(8, 8)]);

function encode(
  values: Readonly<Record<string, string>>,
  { encoding, odd }: Input,
  headers: Headers,
): BodyInit {
  if (encoding === 'form') return new URLSearchParams(values);
  if (encoding === 'multipart') {
    const form = new FormData();
    for (const [name, text] of Object.entries(values)) form.append(name, text);
    form.append('photo', odd.length % 2 === 0 ? PICTURE : new Blob([odd]), 'x.jpg');
    headers.delete('Content-Type');
    return form;
  }
  if (!headers.has('Content-Type')) headers.set('Content-Type', 'application/json');
  return encoding === 'json' ? JSON.stringify(values) : odd;
}

const TOKEN =
  /(?<=[?&][kf]=)[^&]+|(?<=\/viec\/(?:lich\/|so-lieu\/|ngay\/[^/]+\/)?)(?!lich\/|ngay\/|so-lieu\/|doi\/)[^/]+(?=\/)/;

/** An address with its token shortened, another's, or none at all; without a token it gets a piece more. */
function changeToken(path: string, { link, odd }: Input, other: string): string {
  const found = TOKEN.exec(path)?.[0];
  if (link === 'kept') return path;
  if (found === undefined) return `${path}${odd}`;
  const others = TOKEN.exec(other)?.[0];
  const instead = { cut: found.slice(0, -1), swapped: others ?? found, odd }[link];
  return path.replace(found, () => instead);
}
