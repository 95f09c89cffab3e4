import type { AppContext } from '../web/context.ts';
import type { OpenedRecord } from '../customer/access.ts';
import { answerMyData, describeData } from './page.ts';
import { dailyLimit, tooManyToday } from '../customer/daily-limit.ts';
import { takeTry } from '../store/limits.ts';
import { answerJsonCopy, answerReadableCopy, asDownload } from '../web/download.ts';
import { toBase64 } from '../base/encoding.ts';
import { listPhotos, openPhotos } from '../personal-data/photo-store.ts';
import { type PersonView, readPerson } from '../personal-data/read-person.ts';
import { finishRight, startRight } from '../records/rights.ts';
import { readDealings } from '../store/dealings.ts';
import { listDisclosures } from '../store/disclosures.ts';
import { listEvents } from '../store/events.ts';
import { findReceipt } from '../store/receipts.ts';
import { listRightsRequests } from '../store/rights-requests.ts';
import { entryOf, type FoundSubject } from '../records/find-record.ts';

/**
 * A copy of all stored data of a record, to read (`html`) or for a program (`json`). It meets the person's request for a
 * copy. While the key store does not answer, the page says so instead of sending a copy without the personal data.
 */
export async function answerCopy(
  c: AppContext,
  record: OpenedRecord,
  format: string,
): Promise<Response> {
  const entry = entryOf(record);
  const { id, code } = entry;
  const view = await readPerson(c.env, entry, c.var.now);
  if (view.state === 'later') return answerMyData(c, record, { status: 503, open: 'download' });
  const limit = dailyLimit('see', code);
  if (!(await takeTry(c.env.DB, { ...limit, now: c.var.now }))) {
    return answerMyData(c, record, { ...tooManyToday(limit), open: 'download' });
  }
  const request = await startRight(c, { subjectId: id, kind: 'see' });
  const isJson = format === 'json';
  const copy = isJson ? await answerJson(c, record, view) : await answerHtml(c, record, view);
  await finishRight(c, request);
  return asDownload(copy, `du-lieu-${code}.${isJson ? 'json' : 'html'}`);
}

async function answerHtml(
  c: AppContext,
  record: FoundSubject,
  view: PersonView,
): Promise<Response> {
  const { shown } = await describeData(c, record, view);
  const title = `Bản sao dữ liệu ${entryOf(record).code}`;
  return answerReadableCopy(c, { ...shown, title });
}

/** Columns that the copy leaves out. */
const INTERNAL = ['id', 'previous', 'sealed', 'lastEventId', 'holdReason', 'subjectId'];

/** A row as the customer sees it. `held` becomes `requested`, since a sender is not shown that a record is quarantined. */
function showRow(row: object): object {
  const shown = Object.entries(row).filter(([name]) => !INTERNAL.includes(name));
  return Object.fromEntries(
    shown.map(([name, value]) => [
      name,
      name === 'state' && value === 'held' ? 'requested' : value,
    ]),
  );
}

/** Everything stored of the record, under the names that the code uses, without the internal columns. */
async function answerJson(
  c: AppContext,
  record: FoundSubject,
  view: PersonView,
): Promise<Response> {
  const entry = entryOf(record);
  const [consent, events, ledger, requests, photos, dealings] = await Promise.all([
    findReceipt(c.env.DB, entry.id),
    listEvents(c.env.DB, entry.id),
    listDisclosures(c.env.DB, entry.id),
    listRightsRequests(c.env.DB, entry.id),
    readPhotos(c, entry.id),
    readDealings(c.env.DB, entry.id),
  ]);
  const person = view.state === 'open' ? view.person : null;
  return answerJsonCopy(c, {
    at: c.var.now,
    kind: record.kind,
    record: showRow(entry),
    person,
    consent,
    prices: dealings.prices,
    payments: dealings.payments,
    rating: dealings.rating,
    earlier: dealings.earlier.map(({ booking: { code } }) => code),
    events: events.map(showRow),
    ledger,
    requests,
    photos,
  });
}

/** The pictures themselves, as WebP in base64. */
async function readPhotos(c: AppContext, id: string): Promise<object[]> {
  const listed = await listPhotos(c.env, id);
  if (listed.length === 0) return [];
  const ids = listed.map((photo) => photo.id);
  const opened = new Map(
    (await openPhotos(c.env, id, ids))?.map((one) => [one.id, toBase64(one.bytes)]),
  );
  return listed.map((photo) => ({ ...photo, webp: opened.get(photo.id) ?? null }));
}
