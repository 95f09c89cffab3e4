import { addDays, fromVietnam, later } from '../../shared/time.ts';
import { ACTION_MINUTES, type LinkedRecord } from './links.ts';
import { isSigned, isUnexpired, readExpiry, sign, type Signing, signUntil } from './tokens.ts';

/** Validity of a link to a record that a page of staff draws, in hours. */
const FRESH_LINK_HOURS = 24;
/** Validity of a link to the week's page, in days. */
const WEEK_LINK_DAYS = 7;
/** Validity of a link that staff make to a record's data, in hours. */
const DATA_LINK_HOURS = 24;

/**
 * What signs the links of staff: the keys of `STAFF_KEYS` and the epoch of staff links (`store/link-epochs.ts`). A link of an
 * earlier epoch is closed, whatever its age.
 */
export interface StaffSigning extends Signing {
  epoch: number;
  /** When the link ends that opened the page: no link that the page draws outlives it. Absent in mails. */
  until?: Date;
}

/** The staff page of a record as mails link to it, `/viec/<code>.<signature>/`. The record says when it ends. */
export async function staffPath(signing: StaffSigning, record: LinkedRecord): Promise<string> {
  const signature = await sign(signing.keys, ...claimOf('staff', signing, record.id));
  return `/viec/${record.code}.${signature}/`;
}

/** The staff page of a record as pages of staff link to it, `/viec/<code>.<expiry>.<signature>/`: valid 24 hours. */
export async function freshStaffPath(signing: StaffSigning, record: LinkedRecord): Promise<string> {
  const end = freshEnd(signing);
  const token = await signUntil(signing.keys, end, claimOf('staff-fresh', signing, record.id));
  return `/viec/${record.code}.${token}/`;
}

function freshEnd({ now, until }: StaffSigning): Date {
  const end = later(now, { hours: FRESH_LINK_HOURS });
  return until !== undefined && until < end ? until : end;
}

/** The token of `/viec/<token>/`: the code, and what has to be signed for its record. */
export function splitStaffToken(token: string): { code: string; proof: string } {
  const [code = '', ...proof] = token.split('.');
  return { code, proof: proof.join('.') };
}

/** A genuine link to a record's staff page: from a mail, or from a page, with its end. */
export type StaffLink = { from: 'mail' } | { from: 'page'; endsAt: Date };

/** What kind of link a token's proof makes for a record; null where it is not genuine, or of an earlier epoch. */
export async function readStaffLink(
  signing: StaffSigning,
  id: string,
  proof: string,
): Promise<StaffLink | null> {
  if (await isSigned(signing.keys, proof, ...claimOf('staff', signing, id))) {
    return { from: 'mail' };
  }
  const endsAt = await readExpiry(signing.keys, proof, claimOf('staff-fresh', signing, id));
  return endsAt === null ? null : { from: 'page', endsAt };
}

/**
 * The link that staff make to the page about a record's data, for the person who asked for it:
 * `/don/<code>/du-lieu/?k=<expiry>.<signature>`, valid 24 hours.
 */
export async function dataPath(signing: StaffSigning, record: LinkedRecord): Promise<string> {
  const end = later(signing.now, { hours: DATA_LINK_HOURS });
  const token = await signUntil(signing.keys, end, claimOf('data', signing, record.id));
  return `/don/${record.code}/du-lieu/?k=${token}`;
}

/** When the link ends that staff made to a record's data; null where the token is not of such a link, or has expired. */
export async function dataLinkEnd(
  signing: StaffSigning,
  id: string,
  token: string,
): Promise<Date | null> {
  const end = await readExpiry(signing.keys, token, claimOf('data', signing, id));
  return end !== null && signing.now <= end ? end : null;
}

/** The week's page, `/viec/lich/<expiry>.<signature>/`: valid 7 days, or until the end given. */
export async function weekPath(signing: StaffSigning, endsAt?: Date): Promise<string> {
  const end = endsAt ?? later(signing.now, { days: WEEK_LINK_DAYS });
  return `/viec/lich/${await signUntil(signing.keys, end, claimOf('week', signing))}/`;
}

/** When a link to the week ends; null where its token is not genuine, is of an earlier epoch, or has expired. */
export async function weekLinkEnd(signing: StaffSigning, token: string): Promise<Date | null> {
  const end = await readExpiry(signing.keys, token, claimOf('week', signing));
  return end !== null && signing.now <= end ? end : null;
}

/** The sheet of a day, `/viec/ngay/<date>/<expiry>.<signature>/`: valid 24 hours. */
export async function dayPath(signing: StaffSigning, date: string): Promise<string> {
  const token = await signUntil(signing.keys, freshEnd(signing), claimOf('day', signing, date));
  return `/viec/ngay/${date}/${token}/`;
}

/** When a link to a day ends; null where its token is not genuine, is another day's or of an earlier epoch, or has expired. */
export async function dayLinkEnd(
  signing: StaffSigning,
  date: string,
  token: string,
): Promise<Date | null> {
  const end = await readExpiry(signing.keys, token, claimOf('day', signing, date));
  return end !== null && signing.now <= end ? end : null;
}

/** A crew's day, with the epochs of the links of staff and of this crew: a link ends with either. */
export interface CrewDay {
  crew: string;
  crewEpoch: number;
  date: string;
}

/** A crew's link to its day, `/viec/ngay/<date>/<crew>.<expiry>.<signature>/`: valid until the midnight after the day. */
export async function crewDayPath(signing: StaffSigning, day: CrewDay): Promise<string> {
  const end = fromVietnam(addDays(day.date, 1), '00:00');
  const token = await signUntil(signing.keys, end, claimOfCrew(signing, day));
  return `/viec/ngay/${day.date}/${day.crew}.${token}/`;
}

/** The token of a day's link: the crew that it is for, or null where it is for staff, and what has to be signed. */
export function splitDayToken(token: string): { crew: string | null; proof: string } {
  const [crew = '', ...proof] = token.split('.');
  return proof.length === 2 ? { crew, proof: proof.join('.') } : { crew: null, proof: token };
}

/** When a crew's link ends; null where its proof is not genuine, is another crew's or day's, of an earlier epoch, or has expired. */
export async function crewDayEnd(
  signing: StaffSigning,
  day: CrewDay,
  proof: string,
): Promise<Date | null> {
  const end = await readExpiry(signing.keys, proof, claimOfCrew(signing, day));
  return end !== null && signing.now < end ? end : null;
}

function claimOfCrew(signing: StaffSigning, { crew, crewEpoch, date }: CrewDay): string[] {
  return claimOf('crew-day', signing, String(crewEpoch), crew, date);
}

/** The calendar of all confirmed visits, `/viec/lich.ics?f=<signature>`, or of one crew: valid until all links are closed. */
export async function feedPath(signing: StaffSigning, crew: string | null): Promise<string> {
  const f = await sign(signing.keys, ...feedClaim(signing, crew));
  return crew === null ? `/viec/lich.ics?f=${f}` : `/viec/doi/${crew}/lich.ics?f=${f}`;
}

export function isFeedToken(
  signing: StaffSigning,
  crew: string | null,
  token: string,
): Promise<boolean> {
  return isSigned(signing.keys, token, ...feedClaim(signing, crew));
}

function feedClaim(signing: StaffSigning, crew: string | null): string[] {
  return claimOf('feed', signing, ...(crew === null ? [] : [crew]));
}

/** The owner's numbers, `/viec/so-lieu/<expiry>.<signature>/`: valid 7 days. */
export async function numbersPath(signing: StaffSigning): Promise<string> {
  const end = later(signing.now, { days: WEEK_LINK_DAYS });
  return `/viec/so-lieu/${await signUntil(signing.keys, end, claimOf('numbers', signing))}/`;
}

export function isNumbersToken(signing: StaffSigning, token: string): Promise<boolean> {
  return isUnexpired(signing, token, claimOf('numbers', signing));
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

function claimOf(kind: string, { epoch }: StaffSigning, ...rest: readonly string[]): string[] {
  return [kind, String(epoch), ...rest];
}
