import { bookingRules, company } from '../../../shared/content/catalogue.ts';
import type { Person } from '../../../shared/forms/person.ts';
import { parseCode } from '../../../shared/jobs/code.ts';
import {
  makePaymentReference,
  parsePaymentReference,
} from '../../../shared/jobs/payment-reference.ts';
import { parsePhone } from '../../../shared/phone.ts';
import type { PersonalField } from '../../../shared/privacy/register.ts';
import { foldText, tidyLine } from '../../../shared/text.ts';
import { addDays, formatInstant, toVietnamDate } from '../../../shared/time.ts';
import { readPerson } from '../../personal-data/read-person.ts';
import { entryOf, findRecord, type FoundRecord } from '../../records/find-record.ts';
import { hashForSearch } from '../../records/sender-hashes.ts';
import { freshStaffPath } from '../../signing/staff-links.ts';
import type { Booking } from '../../store/bookings.ts';
import { insertDisclosures } from '../../store/disclosures.ts';
import { takeTry } from '../../store/limits.ts';
import { findPlanByCode, type Plan } from '../../store/plans.ts';
import { listByBucket, listNear, listPriced } from '../../store/search.ts';
import type { AppContext } from '../../web/context.ts';
import { describeBooking } from '../../wording/booking.ts';
import { describePlan, staffPlanStateNames } from '../../wording/plan.ts';
import { staffKindName, staffMessageStateNames, staffStateNames } from '../../wording/staff.ts';

/** Searches of one link in a day; those that end on the same day count as one, so that a link drawn anew brings no more. */
const SEARCHES_PER_DAY = 60;
/** Records that one search opens to compare. */
const OPENED_MAX = 40;
/** Records with a price whose reference one search works out: it follows from the record's id and is stored nowhere. */
const PRICED_MAX = 600;
/** Days back in which a name or a reference is looked for. */
const PAST_DAYS = 60;

/** What a search found, as rows of the page; `notice` where it was not made. */
export type Found = { rows: FoundRow[] } | { notice: string; status: 422 | 429 | 503 };

export interface FoundRow {
  code: string;
  what: string;
  when: string;
  stateName: string;
  href: string;
}

/**
 * Finds records by their code, by the payment reference of a transfer, by the whole phone number, or by a part of the name. Number and name are compared with the details
 * of a few records; the ledger of each one shown says so.
 */
export async function search(c: AppContext, typed: string): Promise<Found> {
  const words = foldWords(typed);
  if (words.length < 2) {
    return {
      status: 422,
      notice: 'Ghi mã đơn, nội dung chuyển khoản, cả số điện thoại, hoặc tên khách rồi bấm Tìm.',
    };
  }
  const { now, staffSigning } = c.var;
  const { until } = staffSigning;
  const name = `search:${until === undefined ? '' : toVietnamDate(until)}`;
  if (!(await takeTry(c.env.DB, { name, limit: SEARCHES_PER_DAY, span: 'day', now }))) {
    const notice = `Hôm nay đã tìm ${SEARCHES_PER_DAY} lần bằng đường dẫn này. Tìm tiếp vào ngày mai, hoặc xem lịch từng ngày.`;
    return { status: 429, notice };
  }
  // One name of seven letters in 32 reads as a code or a reference too.
  const named = (await findByCode(c, typed)) ?? (await findByReference(c, typed));
  if (named !== null) return { rows: [named] };
  const phone = parsePhone(typed);
  return phone === null ? findByName(c, words) : findByPhone(c, phone.e164);
}

/** A name as it is compared: letters and digits alone, without Vietnamese marks. What shows no letter is empty. */
function foldWords(text: string): string {
  return foldText(tidyLine(text))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

async function findByPhone(c: AppContext, e164: string): Promise<Found> {
  const { live } = await hashForSearch(c.env, e164);
  const candidates = await listByBucket(c.env.DB, live, OPENED_MAX);
  return compare(c, candidates, { field: 'phone', isMeant: ({ phone }) => phone === e164 });
}

async function findByCode(c: AppContext, typed: string): Promise<FoundRow | null> {
  const code = parseCode(company.codePrefix, typed);
  if (code === null) return null;
  const record = await findRecord(c.env.DB, code);
  if (record !== null) return toRow(c, record);
  const plan = await findPlanByCode(c.env.DB, code);
  return plan === null ? null : toPlanRow(c, plan);
}

async function findByReference(c: AppContext, typed: string): Promise<FoundRow | null> {
  const reference = parsePaymentReference(typed);
  if (reference === null) return null;
  const candidates = await listPriced(c.env.DB, { ...nearSpan(c), limit: PRICED_MAX });
  for (const booking of candidates) {
    if ((await makePaymentReference(booking.id)) === reference)
      return toRow(c, { kind: 'booking', booking });
  }
  return null;
}

function nearSpan(c: AppContext) {
  const day = toVietnamDate(c.var.now);
  return { from: addDays(day, -PAST_DAYS), to: addDays(day, bookingRules.horizonDays) };
}

async function findByName(c: AppContext, words: string): Promise<Found> {
  const day = toVietnamDate(c.var.now);
  const span = nearSpan(c);
  const candidates = await listNear(c.env.DB, { ...span, day, limit: OPENED_MAX });
  const isMeant = ({ name }: Person) => foldWords(name).includes(words);
  return compare(c, candidates, { field: 'name', isMeant });
}

async function compare(
  c: AppContext,
  candidates: readonly Booking[],
  { field, isMeant }: { field: PersonalField; isMeant: (person: Person) => boolean },
): Promise<Found> {
  const views = await Promise.all(
    candidates.map(async (booking) => ({
      booking,
      view: await readPerson(c.env, booking, c.var.now),
    })),
  );
  const shown = views.filter(({ view }) => view.state === 'open' && isMeant(view.person));
  if (shown.length === 0 && views.some(({ view }) => view.state === 'later')) {
    return { status: 503, notice: 'Chưa đọc được thông tin của khách. Tìm lại sau ít phút.' };
  }
  if (shown.length > 0) {
    const row = { recipient: 'office', kind: 'opened', result: 'opened', at: c.var.now } as const;
    const rows = shown.map(({ booking }) => ({
      ...{ ...row, id: crypto.randomUUID() },
      ...{ subjectId: booking.id, fields: [field] },
    }));
    await insertDisclosures(c.env.DB, rows).run();
  }
  return {
    rows: await Promise.all(
      shown.map(({ booking }) => toRow(c, { kind: 'booking', booking } as const)),
    ),
  };
}

async function toRow(c: AppContext, record: FoundRecord): Promise<FoundRow> {
  const href = await freshStaffPath(c.var.staffSigning, entryOf(record));
  if (record.kind === 'booking') {
    const { code, service, ward, when } = describeBooking(record.booking);
    const stateName = staffStateNames[record.booking.state];
    return { code, what: `${service} · ${ward}`, when, stateName, href };
  }
  const { code, state, createdAt } = record.message;
  const when = `gửi ${formatInstant(createdAt)}`;
  const what = staffKindName(record.message);
  return { code, what, when, stateName: staffMessageStateNames[state], href };
}

async function toPlanRow(c: AppContext, plan: Plan): Promise<FoundRow> {
  const { code, service, ward, rhythm } = describePlan(plan);
  const href = await freshStaffPath(c.var.staffSigning, plan);
  const stateName = staffPlanStateNames[plan.state];
  return { code, what: `${service} · ${ward}`, when: rhythm, stateName, href };
}
