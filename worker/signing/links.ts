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

/** Validity of an intent, in hours. */
const INTENT_HOURS = 24;
/** Validity of an action token, in minutes. */
export const ACTION_MINUTES = 30;
/** Validity of a link to the week's page, in days. */
const WEEK_LINK_DAYS = 7;
/** Validity of a link that staff make to a record's data, in hours. */
const DATA_LINK_HOURS = 24;

/** A form that carries an intent. */
export type IntentForm = 'booking' | 'contact' | 'phone-booking';

/** The content of the signed single-use token of one form view. */
export interface Intent {
  nonce: string;
  /** When the form was first shown. It keeps this time when it is shown again with errors. */
  firstAt: Date;
}

/** What links to a record are made from. */
export interface LinkedRecord {
  id: string;
  code: string;
}

/** A new intent, `<nonce>.<issued>.<first>.<signature>`. A form shown again hands in the `firstAt` of its earlier intent. */
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

/**
 * The link that staff make to the page about a record's data, for the person who asked for it:
 * `/don/<code>/du-lieu/?k=<expiry>.<signature>`, valid 24 hours.
 */
export async function dataPath({ keys, now }: Signing, record: LinkedRecord): Promise<string> {
  const token = await signUntil(keys, later(now, { hours: DATA_LINK_HOURS }), ['data', record.id]);
  return `/don/${record.code}/du-lieu/?k=${token}`;
}

/** Whether `k` is the token of a link that staff made to a record's data, and has not expired. */
export function isDataToken(signing: Signing, id: string, token: string): Promise<boolean> {
  return isUnexpired(signing, token, ['data', id]);
}

/** The staff page of a record: `/viec/<code>.<signature>/`. */
export async function staffPath(keys: LinkKeys, record: LinkedRecord): Promise<string> {
  return `/viec/${record.code}.${await sign(keys, 'staff', record.id)}/`;
}

/** The code in a staff link's token. It is not checked: that needs the record's id, see `isStaffToken`. */
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

/** A token for the forms on the week's page, bound to the link that opened it, valid 30 minutes. */
export function issueWeekActionToken({ keys, now }: Signing, weekToken: string): Promise<string> {
  return signUntil(keys, later(now, { minutes: ACTION_MINUTES }), ['week-act', weekToken]);
}

/** Whether a token of the week's forms belongs to this week link and has not expired. */
export function isWeekActionToken(
  signing: Signing,
  token: string,
  weekToken: string,
): Promise<boolean> {
  return isUnexpired(signing, token, ['week-act', weekToken]);
}

/** What an action token is bound to: whose page it is on, and the version of the record that the page shows. */
export interface ActionSubject {
  role: 'customer' | 'staff';
  id: string;
  version: number;
}

/** A token for the forms on a record's page, `<version>.<expiry>.<signature>`, valid 30 minutes. */
export async function issueActionToken(
  { keys, now }: Signing,
  subject: ActionSubject,
): Promise<string> {
  const endsAt = later(now, { minutes: ACTION_MINUTES });
  return `${subject.version}.${await signUntil(keys, endsAt, claimOf(subject))}`;
}

/** The version that an action token was issued for. Null where it is expired, not ours, or above the version given. */
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
 * Tokens issued before 2026-12 do not contain their version, so each version is tried. They were valid for 30 minutes:
 * remove this function one release after the form with the version.
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
