import { later } from '../../shared/time.ts';
import { toBase64Url } from '../base/encoding.ts';
import {
  isSigned,
  type LinkKeys,
  sign,
  type Signing,
  signUntil,
  isUnexpired,
  writeInstant,
  readInstant,
} from './tokens.ts';

/** Hours a form view's intent counts. */
const INTENT_HOURS = 24;
/** Minutes an action token counts. */
export const ACTION_MINUTES = 30;
/** Days a link to the week counts. */
const WEEK_LINK_DAYS = 7;

/** Hours a link counts that staff opened to a record's data. */
const DATA_LINK_HOURS = 24;

/** A form that carries an intent. */
export type IntentForm = 'booking' | 'contact' | 'phone-booking';

/** The signed single-use token of one form view. */
export interface Intent {
  nonce: string;
  /** When the form was first given out; a form given back with errors keeps it. */
  firstAt: Date;
}

/** A record that links lead to. */
export interface LinkedRecord {
  id: string;
  code: string;
}

/** A new intent of a form, `<nonce>.<issued>.<first>.<signature>`; `firstAt` is carried on from the form given back. */
export async function issueIntent(
  { keys, now }: Signing,
  form: IntentForm,
  firstAt: Date = now,
): Promise<string> {
  const nonce = toBase64Url(crypto.getRandomValues(new Uint8Array(12)));
  const times = [writeInstant(now), writeInstant(firstAt)];
  const signature = await sign(keys, 'intent', form, nonce, ...times);
  return [nonce, ...times, signature].join('.');
}

/** The intent that a form sent, or null where it is absent, forged, expired or another form's. */
export async function readIntent(
  { keys, now }: Signing,
  form: IntentForm,
  text: string,
): Promise<Intent | null> {
  const [nonce = '', issued = '', first = '', signature = '', ...rest] = text.split('.');
  if (rest.length > 0 || !(await isSigned(keys, signature, 'intent', form, nonce, issued, first)))
    return null;
  const expired = now > later(readInstant(issued), { hours: INTENT_HOURS });
  return expired ? null : { nonce, firstAt: readInstant(first) };
}

/** The customer's page of a record: `/don/<code>/?k=<token>`. */
export async function customerPath(keys: LinkKeys, record: LinkedRecord): Promise<string> {
  return `/don/${record.code}/?k=${await sign(keys, 'customer', record.id)}`;
}

/** Whether `k` opens the customer's page of a record. */
export function isCustomerToken(keys: LinkKeys, id: string, token: string): Promise<boolean> {
  return isSigned(keys, token, 'customer', id);
}

/** The page about a record's data that staff open for who asked for it: `/don/<code>/du-lieu/?k=<expiry>.<signature>`, 24 hours. */
export async function dataPath({ keys, now }: Signing, record: LinkedRecord): Promise<string> {
  const token = await signUntil(keys, later(now, { hours: DATA_LINK_HOURS }), ['data', record.id]);
  return `/don/${record.code}/du-lieu/?k=${token}`;
}

/** Whether `k` opens the page about a record's data because staff opened it. */
export function isDataToken(signing: Signing, id: string, token: string): Promise<boolean> {
  return isUnexpired(signing, token, ['data', id]);
}

/** The staff page of a record: `/viec/<code>.<signature>/`. */
export async function staffPath(keys: LinkKeys, record: LinkedRecord): Promise<string> {
  return `/viec/${record.code}.${await sign(keys, 'staff', record.id)}/`;
}

/** The code that a staff link names; whether it is genuine needs the record's id and `isStaffToken`. */
export function codeOfStaffToken(token: string): string {
  return token.split('.')[0] ?? '';
}

/** Whether a staff link's token is genuine for a record. */
export function isStaffToken(keys: LinkKeys, id: string, token: string): Promise<boolean> {
  return isSigned(keys, token.split('.')[1] ?? '', 'staff', id);
}

/** The week's page: `/viec/lich/<expiry>.<signature>/`. */
export async function weekPath({ keys, now }: Signing): Promise<string> {
  return `/viec/lich/${await signUntil(keys, later(now, { days: WEEK_LINK_DAYS }), ['week'])}/`;
}

/** Whether a week link is genuine and has not expired. */
export function isWeekToken(signing: Signing, token: string): Promise<boolean> {
  return isUnexpired(signing, token, ['week']);
}

/** A token for acting on the page that a week link opens, 30 minutes. */
export function issueWeekActionToken({ keys, now }: Signing, weekToken: string): Promise<string> {
  return signUntil(keys, later(now, { minutes: ACTION_MINUTES }), ['week-act', weekToken]);
}

/** Whether a token for acting is genuine for the week link it came with and has not expired. */
export function isWeekActionToken(
  signing: Signing,
  token: string,
  weekToken: string,
): Promise<boolean> {
  return isUnexpired(signing, token, ['week-act', weekToken]);
}

/** What an action token is bound to: whose page gave it out, and the version of the record that it showed. */
export interface ActionSubject {
  role: 'customer' | 'staff';
  id: string;
  version: number;
}

/** A token for acting on one version of a record from one's own page, `<version>.<expiry>.<signature>`, 30 minutes. */
export async function issueActionToken(
  { keys, now }: Signing,
  subject: ActionSubject,
): Promise<string> {
  const endsAt = later(now, { minutes: ACTION_MINUTES });
  return `${subject.version}.${await signUntil(keys, endsAt, claimOf(subject))}`;
}

/** The version that a live action token was issued for, at most the one given; null where it is expired or not ours. */
export async function versionOfActionToken(
  signing: Signing,
  token: string,
  newest: ActionSubject,
): Promise<number | null> {
  const [first = '', ...rest] = token.split('.');
  if (rest.length < 2) return versionOfOldToken(signing, token, newest);
  const version = /^[1-9]\d{0,8}$/.test(first) ? Number(first) : Number.NaN;
  if (!(version <= newest.version)) return null;
  const isOurs = await isUnexpired(signing, rest.join('.'), claimOf({ ...newest, version }));
  return isOurs ? version : null;
}

/**
 * Tokens issued before 2026-12 do not say their version, so each is tried. They live 30 minutes: to be removed with the
 * first release after the one that brought the new form.
 */
async function versionOfOldToken(
  signing: Signing,
  token: string,
  newest: ActionSubject,
): Promise<number | null> {
  for (let { version } = newest; version >= 1; version -= 1) {
    if (await isUnexpired(signing, token, claimOf({ ...newest, version }))) return version;
  }
  return null;
}

function claimOf({ role, id, version }: ActionSubject): readonly string[] {
  return ['act', role, id, String(version)];
}
