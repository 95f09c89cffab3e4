import { wardName } from '../../shared/content/areas.ts';
import { areas, findWard } from '../../shared/content/catalogue.ts';
import { filledFields, type Person } from '../../shared/forms/person.ts';
import { formatPhone, isMobile, maskPhone, toNationalDigits } from '../../shared/phone.ts';
import { pickFieldsFor, mayReceive } from '../../shared/privacy/register-fields.ts';
import { formatTime, toVietnamTime } from '../../shared/time.ts';
import type { AppContext } from '../web/context.ts';
import { type PersonView, readPerson, type SealedRecord } from '../personal-data/read-person.ts';
import { type CREW_OPENED, insertDisclosures, type NewDisclosure } from '../store/disclosures.ts';
import { detailsOpenUntil, setDetailsCookie } from '../web/details-cookie.ts';
import { selfPath } from './access.ts';

/**
 * Opens a record's details for staff: writes the ledger first, then sets a cookie that is valid 30 minutes on this page only.
 * Where the details cannot be read, it does neither.
 */
export async function openDetails(
  c: AppContext,
  record: SealedRecord & { code: string },
): Promise<PersonView['state']> {
  const state = await writeOpening(c, record);
  const path = selfPath(c, record);
  if (state === 'open') await setDetailsCookie(c, { reader: 'viec', id: record.id, path });
  return state;
}

/** Writes into the ledger that staff read a record's details. Where they cannot be read, it writes nothing. */
export async function writeOpening(
  c: AppContext,
  record: SealedRecord,
): Promise<PersonView['state']> {
  const view = await readPerson(c.env, record, c.var.now);
  if (view.state !== 'open') return view.state;
  await insertDisclosures(c.env.DB, [
    draftOpening(record, view.person, { kind: 'opened', now: c.var.now }),
  ]).run();
  return 'open';
}

/** The ledger's row of one opening of a record: `person` has what its reader sees. */
export function draftOpening(
  { id }: { id: string },
  person: Person,
  { kind, now }: { kind: 'opened' | typeof CREW_OPENED; now: Date },
): NewDisclosure {
  return {
    id: crypto.randomUUID(),
    subjectId: id,
    recipient: 'office',
    kind,
    fields: filledFields(person),
    result: 'opened',
    at: now,
  };
}

/** What a record's staff page shows of its person. */
export interface StaffDetails {
  maskedPhone: string | null;
  detailsEnded: boolean;
  detailsLater: boolean;
  canOpen: boolean;
  details: ReturnType<typeof describePerson> | null;
  openUntil: string | null;
}

/** A record's personal data on its staff page, and the person while the details are open: the masked number for everyone with the link, the details with the cookie. */
export async function detailsData(
  c: AppContext,
  record: SealedRecord & { ward?: string },
): Promise<{ shown: StaffDetails; person: Person | null }> {
  const view = await readPerson(c.env, record, c.var.now);
  const openUntil = await detailsOpenUntil(c, { reader: 'viec', id: record.id });
  const isOpen = openUntil !== null;
  const person = view.state === 'open' ? view.person : null;
  const phone = person?.phone ?? null;
  const shown = {
    maskedPhone: phone === null ? null : maskPhone(phone),
    detailsEnded: view.state === 'ended',
    detailsLater: view.state === 'later',
    canOpen: person !== null && !isOpen,
    details: person !== null && isOpen ? describePerson(person, record.ward) : null,
    openUntil: openUntil === null ? null : formatTime(toVietnamTime(openUntil)),
  };
  return { shown, person: isOpen ? person : null };
}

/** The open details of a person, with links to call, chat, mail and the map. */
export function describePerson(person: Person, ward: string | undefined) {
  const { name, phone, retiredPhone, formerPhone, email, note, staffNote, message } = person;
  const { covers, ratingWords } = person;
  const address = fullAddress(person, ward);
  return {
    name,
    phone: phone === null ? null : formatPhone(phone),
    phoneHref: phone === null ? null : `tel:${phone}`,
    retiredPhone,
    formerPhone: formerPhone === null ? null : formatPhone(formerPhone),
    formerPhoneHref: formerPhone === null ? null : `tel:${formerPhone}`,
    zaloHref: phone === null ? null : zaloHref(phone),
    email,
    emailHref: email === null ? null : `mailto:${email}`,
    address,
    mapHref: address === null ? null : mapHref(address),
    note,
    staffNote,
    message,
    covers,
    ratingWords,
  };
}

/** The Zalo chat with a Vietnamese mobile, if the register names Zalo as a recipient of phone numbers. Landlines have none. */
function zaloHref(phone: string): string | null {
  const isAllowed = isMobile(phone) && mayReceive('zalo', 'phone');
  return isAllowed ? `https://zalo.me/${toNationalDigits(phone)}` : null;
}

/** The map at an address, if the register names the map as a recipient of addresses. */
function mapHref(address: string): string | null {
  const query = new URLSearchParams({ api: '1', query: address });
  return mayReceive('maps', 'address')
    ? `https://www.google.com/maps/search/?${query.toString()}`
    : null;
}

function fullAddress({ address }: Person, wardCode: string | undefined): string | null {
  if (address === null) return null;
  const ward = findWard(wardCode ?? '');
  const names = ward === undefined ? [] : [wardName(ward), areas.province.name];
  return [address, ...names].join(', ');
}

/** A text message to a customer, as the phone opens it; null where there is no number to send it to. */
export function smsHref(phone: string | null, text: string): string | null {
  return phone === null ? null : `sms:${phone}?body=${encodeURIComponent(text)}`;
}

/** The job as text for a chat with the crew: what is to be done, then one line for each field that dispatch may receive. */
export function copyText(job: readonly string[], person: Person, ward: string): string {
  const { name, phone, address } = pickFieldsFor('dispatch', {
    name: person.name,
    phone: person.phone === null ? null : formatPhone(person.phone),
    address: fullAddress(person, ward),
  });
  const lines = [...job, name, phone, address];
  return lines.filter((line) => typeof line === 'string').join('\n');
}
