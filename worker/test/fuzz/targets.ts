import { env } from 'cloudflare:workers';
import { customerPath, viewPath } from '../../signing/links.ts';
import { dataPath, freshStaffPath, staffPath, weekPath } from '../../signing/staff-links.ts';
import { readLinkKeys } from '../../signing/tokens.ts';
import { findEpoch } from '../../store/link-epochs.ts';
import { type PageForm, Visitor } from '../browser.ts';
import { bookingFields, contactFields } from '../fixtures.ts';
import { staffSigning } from '../staff.ts';
import { fitting, type Input } from './inputs.ts';

/** An address, and what a form there holds; pages without a form hold nothing. */
export interface Target {
  path: string;
  values: Readonly<Record<string, string>>;
  radios: PageForm['radios'];
}

/** Addresses that are asked as they are. */
const PLAIN = [
  ...['/api/bookings', '/api/contact', '/api/availability?service=giat-ghe-sofa&from=2026-11-24'],
  ...['/api/health', '/api/visits', '/api/status', '/minh-bach/', '/tim-kiem/?q=sofa', '/don/'],
  ...['/don/TS-7K4M/', '/viec/', '/viec/lich/', '/khong-co/', '/404', '/khung/don/', '/dat-lich/'],
];

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
  const opened = ['/dat-lich/?from=2026-11-25', '/lien-he/', week, `${week}them/`];
  const asked = [...PLAIN];
  for (const record of records) {
    const own = await customerPath(keys, record);
    opened.push(own, own.replace('/?', '/du-lieu/?'), await staffPath(signing, record));
    opened.push(own.replace('/?', '/dat-lai/?'));
    asked.push(own.replace('/?', '/lich.ics?'), await dataPath(signing, record));
    asked.push(await viewPath(keys, record));
    asked.push(await freshStaffPath(signing, record));
  }
  const targets = [...asked, ...opened].map((path) => withoutForm(path));
  for (const path of opened) {
    const { forms } = await new Visitor(now).open(path);
    const ofPage = forms.map(({ action, values, radios }) => {
      const bare = withoutForm(action === '' ? path : action);
      return { ...bare, values: { ...bare.values, ...values }, radios };
    });
    // Forms count threefold: what they send changes records.
    targets.push(...ofPage, ...ofPage, ...ofPage);
  }
  return targets;
}

function withoutForm(path: string): Target {
  return { path, values: fieldsFor(path), radios: [] };
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
  const headers = new Headers();
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

function encode(
  values: Readonly<Record<string, string>>,
  { encoding, odd }: Input,
  headers: Headers,
): BodyInit {
  if (encoding === 'form') return new URLSearchParams(values);
  if (encoding === 'multipart') {
    const form = new FormData();
    for (const [name, text] of Object.entries(values)) form.append(name, text);
    form.append('file', new Blob([odd]), 'x.jpg');
    headers.delete('Content-Type');
    return form;
  }
  if (!headers.has('Content-Type')) headers.set('Content-Type', 'application/json');
  return encoding === 'json' ? JSON.stringify(values) : odd;
}

/** An address with its token shortened, another's, or none at all; without a token it gets a piece more. */
function changeToken(path: string, { link, odd }: Input, other: string): string {
  const found = /(?<=[?&]k=)[^&]+|(?<=\/viec\/(?:lich\/)?)[^/]+(?=\/)/.exec(path)?.[0];
  if (link === 'kept') return path;
  if (found === undefined) return `${path}${odd}`;
  const others = /(?<=[?&]k=)[^&]+|(?<=\/viec\/(?:lich\/)?)[^/]+(?=\/)/.exec(other)?.[0];
  const instead = { cut: found.slice(0, -1), swapped: others ?? found, odd }[link];
  return path.replace(found, () => instead);
}
