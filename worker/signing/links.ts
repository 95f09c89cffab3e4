import { later } from '../../shared/time.ts';
import { fromBase64Url, toBase64Url } from '../base/encoding.ts';
import {
  isSigned,
  type LinkKeys,
  sign,
  SIGNATURE_LENGTH,
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
/** Validity of a link that code and phone number led to, in hours. */
const FOUND_LINK_HOURS = 1;
/** Validity of the proof that a complaint comes from the customer's own page, in hours. */
const COMPLAINT_HOURS = 24;

/** A form that carries an intent. */
export type IntentForm = 'booking' | 'contact' | 'letters' | 'phone-booking';

/** The content of the signed single-use token of one form view. */
export interface Intent {
  nonce: string;
  /** When the form was first shown. It keeps this time when it is shown again with errors. */
  firstAt: Date;
  /** Whether its hours are over: then its form is shown again and keeps its first time. */
  isExpired: boolean;
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

/** The intent that a form sent, or null where it is absent, forged or another form's. */
export async function readIntent(
  { keys, now }: Signing,
  form: IntentForm,
  text: string,
): Promise<Intent | null> {
  const [nonce = '', issued = '', first = '', signature = '', ...rest] = text.split('.');
  if (rest.length > 0 || !(await isSigned(keys, signature, 'intent', form, nonce, issued, first)))
    return null;
  const isExpired = now > later(readInstant(issued), { hours: INTENT_HOURS });
  return { nonce, firstAt: readInstant(first), isExpired };
}

/** The customer's page of a record: `/don/<code>/?k=<id><signature>`. With the id it can be checked when the row has gone. */
export async function customerPath(keys: LinkKeys, record: LinkedRecord): Promise<string> {
  const signature = await sign(keys, 'customer', record.id);
  return `/don/${record.code}/?k=${toBase64Url(fromUuid(record.id))}${signature}`;
}

/** Whether `k` opens the customer's page of a record. Tokens issued before 2026-12 are the signature alone. */
export async function isCustomerToken(keys: LinkKeys, id: string, token: string): Promise<boolean> {
  if (token.length <= SIGNATURE_LENGTH) return isSigned(keys, token, 'customer', id);
  return (await idOfCustomerToken(keys, token)) === id;
}

/** The id of the record that a genuine customer token is for, or null. */
export async function idOfCustomerToken(keys: LinkKeys, token: string): Promise<string | null> {
  const bytes = fromBase64Url(token.slice(0, -SIGNATURE_LENGTH));
  if (bytes?.length !== 16) return null;
  const id = toUuid(bytes);
  return (await isSigned(keys, token.slice(-SIGNATURE_LENGTH), 'customer', id)) ? id : null;
}

/** The page of a booking that only shows it and opens nothing else, for whoever its sender hands it to. */
export async function viewPath(keys: LinkKeys, record: LinkedRecord): Promise<string> {
  return `/don/${record.code}/?k=${await sign(keys, 'view', record.id)}`;
}

export function isViewToken(keys: LinkKeys, id: string, token: string): Promise<boolean> {
  return isSigned(keys, token, 'view', id);
}

/** The calendar of a plan's coming visits, to download or subscribe to: `/don/<code>/lich.ics?f=<signature>`. It opens nothing else. */
export async function planFeedPath(keys: LinkKeys, plan: LinkedRecord): Promise<string> {
  return `/don/${plan.code}/lich.ics?f=${await sign(keys, 'plan-feed', plan.id)}`;
}

export function isPlanFeedToken(keys: LinkKeys, id: string, token: string): Promise<boolean> {
  return isSigned(keys, token, 'plan-feed', id);
}

function fromUuid(id: string): Uint8Array {
  return Uint8Array.from(id.replaceAll('-', '').match(/../g) ?? [], (hex) =>
    Number.parseInt(hex, 16),
  );
}

function toUuid(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** By what a record was found again: its code with the last four digits of the phone number, or with the whole number. */
export type FoundBy = 'digits' | 'phone';

/** The customer's page of a record that was found again, `/don/<code>/?k=<expiry>.<signature>`, valid an hour. */
export async function foundPath(
  { keys, now }: Signing,
  record: LinkedRecord,
  by: FoundBy,
): Promise<string> {
  const endsAt = later(now, { hours: FOUND_LINK_HOURS });
  return `/don/${record.code}/?k=${await signUntil(keys, endsAt, ['found', by, record.id])}`;
}

/** Whether `k` opens the page of a record that was found again in this way, and has not expired. */
export function isFoundToken(
  signing: Signing,
  token: string,
  { id, by }: { id: string; by: FoundBy },
): Promise<boolean> {
  return isUnexpired(signing, token, ['found', by, id]);
}

/** A proof, for the contact form, that a complaint about a booking comes from the customer's own page. */
export function issueComplaintProof({ keys, now }: Signing, bookingId: string): Promise<string> {
  return signUntil(keys, later(now, { hours: COMPLAINT_HOURS }), ['complaint', bookingId]);
}

/** Whether a complaint about a booking comes from the customer's own page. */
export function isComplaintProof(
  signing: Signing,
  proof: string,
  bookingId: string,
): Promise<boolean> {
  return isUnexpired(signing, proof, ['complaint', bookingId]);
}

/**
 * Whose page an action token is on: the customer's, the staff's, a crew's day, the page about a record's data where staff opened it, or that
 * page where it asks a second time before it erases. The customer's are signed by `LINK_KEYS`, all others by `STAFF_KEYS`.
 */
export type ActionRole = 'customer' | 'staff' | 'crew' | 'data' | 'erase';

/** What an action token is bound to, with the version of the record that the page shows. */
export interface ActionSubject {
  role: ActionRole;
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
  const version = /^[1-9]\d{0,8}$/.test(first) ? Number(first) : Number.NaN;
  if (!(version <= newest.version)) return null;
  const isOurs = await isUnexpired(signing, rest.join('.'), claimOf({ ...newest, version }));
  return isOurs ? version : null;
}

function claimOf({ role, id, version }: ActionSubject): readonly string[] {
  return ['act', role, id, String(version)];
}
