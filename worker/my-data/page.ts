import { photoData } from '../../shared/privacy/register-photos.ts';
import { isLive, messageStateNames } from '../../shared/states.ts';
import { formatInstant } from '../../shared/time.ts';
import { contactKinds } from '../../shared/forms/contact.ts';
import type { RawFields } from '../../shared/forms/fields.ts';
import { personToFields } from '../../shared/forms/person.ts';
import { describeBooking } from '../wording/booking.ts';
import type { FormNotice } from '../wording/outcomes.ts';
import type { AppContext } from '../web/context.ts';
import type { OpenedRecord } from '../customer/access.ts';
import { correctableValues } from '../customer/person-rows.ts';
import { describeAnswers } from '../wording/visit.ts';
import { planStateNames } from '../wording/customer-plan.ts';
import { describePlan } from '../wording/plan.ts';
import { bookingStateName } from '../wording/customer.ts';
import type { ActionRole } from '../signing/links.ts';
import { issueToken } from '../records/action.ts';
import { doneNotice, remainderWords, requestLine, waitingLines } from './words.ts';
import { consentData, ledgerLine } from '../wording/consent-and-ledger.ts';
import { dealingFacts } from '../wording/dealings.ts';
import { heldFields } from '../wording/person.ts';
import { sizeRows } from '../wording/sizes.ts';
import type { RightKind } from '../../shared/privacy/rights.ts';
import { answerPage } from '../web/pages.ts';
import { type Photo, tryListPhotos } from '../personal-data/photo-store.ts';
import { type PersonView, readPerson, statusOf } from '../personal-data/read-person.ts';
import type { Booking } from '../store/bookings.ts';
import { listDisclosures } from '../store/disclosures.ts';
import { readDealings } from '../store/dealings.ts';
import { findNewest, listEvents, type RecordEvent } from '../store/events.ts';
import type { Plan } from '../store/plans.ts';
import { findReceipt } from '../store/receipts.ts';
import { listRightsRequests } from '../store/rights-requests.ts';
import { entryOf, type FoundSubject } from '../records/find-record.ts';
import { errorData } from '../web/form-view.ts';

/** A notice, and the errors and typed values of a correction that was not accepted. */
export interface MyDataNotice extends FormNotice {
  /** Whether the form to erase asks a second time. Then the forms for other changes are left out. */
  asksAgain?: boolean;
}

/** Whose page it is: the sender's, or the one that staff opened for them. */
export function roleOf({ link }: OpenedRecord): ActionRole {
  return link.scope === 'staff' ? 'data' : 'customer';
}

/** The path of the page about a record's data, by the link that opened it. */
export function myDataPath({ link }: OpenedRecord): string {
  return link.self.replace('/?', '/du-lieu/?');
}

/** A record's stored data, consent, requests and ledger in words, as page and copy show them; and the requests as stored. */
export async function describeData(
  c: AppContext,
  record: FoundSubject,
  reading: PersonView | Promise<PersonView>,
) {
  const entry = entryOf(record);
  const [view, receipt, requests, ledger, events, photos, dealings] = await Promise.all([
    reading,
    findReceipt(c.env.DB, entry.id),
    listRightsRequests(c.env.DB, entry.id),
    listDisclosures(c.env.DB, entry.id),
    listEvents(c.env.DB, entry.id),
    tryListPhotos(c.env, entry.id),
    readDealings(c.env.DB, entry.id),
  ]);
  const shown = {
    code: entry.code,
    isPlan: record.kind === 'plan',
    gone: goneWords(entry, view),
    held: view.state === 'open' ? heldFields(view.person) : [],
    facts: [
      ...factsOf(record, findNewest(events)),
      ...dealingFacts(dealings),
      ...photoFacts(photos),
    ],
    until: formatInstant(entry.keyEndsAt),
    consent: consentData(receipt),
    requests: requests.map(requestLine),
    ledger: ledger.map(ledgerLine),
    remainder: remainderWords(),
  };
  return { view, shown, requests };
}

export async function answerMyData(
  c: AppContext,
  record: OpenedRecord,
  { notice, status, open, errors = [], values, asksAgain = false }: MyDataNotice = {},
): Promise<Response> {
  const entry = entryOf(record);
  const { scope, self, staffEnd, isShown: isOpened } = record.link;
  const reading = readPerson(c.env, entry, c.var.now);
  const { view, shown, requests } = await describeData(c, record, reading);
  // Nothing is left to hide of what has ended.
  const isShown = isOpened || view.state === 'ended';
  const waits = waitingLines(requests);
  const byCall = scope === 'phone';
  const canAsk = (kind: RightKind) =>
    !requests.some((one) => one.kind === kind && one.state === 'open' && one.needsCall === byCall);
  const asked = open ?? c.req.query('mo');
  const shownValues = values ?? (isShown ? valuesOf(record, view) : {});
  return answerPage(c, {
    path: '/khung/du-lieu/',
    status: status ?? statusOf(view),
    keeping: 'personal',
    data: {
      ...shown,
      held: isShown ? shown.held : [],
      canShow: !isShown,
      // A form that was sent is shown again with what was typed, even where the time of the press is over.
      canAct: isShown || asksAgain || values !== undefined,
      done: status === undefined ? doneNotice(c.req.query('xong') ?? '', requests) : null,
      waits,
      ...errorData(errors),
      title: `Dữ liệu của ${entry.code}`,
      self: myDataPath(record),
      // Whoever came by a link that staff made gets no link to the sender's page: that one is valid far longer.
      back: scope === 'staff' ? null : self,
      openedUntil: staffEnd === null ? null : formatInstant(staffEnd),
      notice: notice ?? null,
      values: shownValues,
      sizes: record.kind === 'booking' ? sizeRows(record.booking.services, shownValues) : [],
      token: await issueToken(c, asksAgain ? 'erase' : roleOf(record), entry),
      isLate: view.state === 'later',
      // What was typed stays where the details cannot be read just now.
      canCorrect:
        !asksAgain && (view.state === 'open' || values !== undefined) && isLiveRecord(record),
      canWithdraw: !asksAgain && view.state !== 'ended' && canWithdraw(shown) && canAsk('withdraw'),
      endsVisit: record.kind === 'booking' && isLive(record.booking.state),
      closesMessage: record.kind === 'message',
      endsPlan: endsPlan(record),
      canErase: entry.erasedAt === null && canAsk('erase'),
      byCall,
      openCorrect: asked === 'correct',
      openDownload: asked === 'download',
      openWithdraw: asked === 'withdraw',
      openErase: asked === 'erase',
      asksAgain,
    },
  });
}

const originNames: Readonly<Record<Booking['origin'], string>> = {
  web: 'trên trang',
  phone: 'qua điện thoại',
  plan: 'xếp theo lịch định kỳ',
};

function factsOf(record: FoundSubject, last: RecordEvent | undefined) {
  if (record.kind === 'message') {
    const { message } = record;
    return [
      { label: 'Loại tin nhắn', value: contactKinds[message.kind] },
      ...(message.lang === 'en' ? [{ label: 'Ngôn ngữ', value: 'tiếng Anh' }] : []),
      { label: 'Mã đơn', value: message.bookingCode ?? '' },
      { label: 'Tình trạng', value: messageStateNames[message.state] },
      { label: 'Gửi lúc', value: formatInstant(message.createdAt) },
    ].filter(({ value }) => value !== '');
  }
  if (record.kind === 'plan') return planFacts(record.plan);
  const { service, size, ward, date, hours, created } = describeBooking(record.booking);
  const rows = [
    { label: 'Dịch vụ', value: service },
    { label: 'Khối lượng', value: size },
    ...describeAnswers(record.booking),
    { label: 'Ngày', value: date },
    { label: 'Khung giờ', value: hours },
    { label: 'Phường, xã', value: ward },
    { label: 'Tình trạng', value: bookingStateName(record.booking, last) },
    { label: 'Cách đặt', value: originNames[record.booking.origin] },
    { label: 'Gửi lúc', value: created },
  ];
  return rows.filter(({ value }) => typeof value === 'string' && value !== '');
}

function planFacts(plan: Plan) {
  const { service, size, rhythm, ward } = describePlan(plan);
  return [
    { label: 'Dịch vụ', value: service },
    { label: 'Khối lượng', value: size ?? '' },
    ...describeAnswers(plan),
    { label: 'Lịch', value: rhythm },
    { label: 'Phường, xã', value: ward },
    { label: 'Tình trạng', value: planStateNames[plan.state] },
    { label: 'Gửi lúc', value: formatInstant(plan.createdAt) },
    { label: 'Các buổi', value: 'mỗi buổi có trang dữ liệu riêng, mở từ trang của buổi ấy' },
  ].filter(({ value }) => value !== '');
}

/** How many pictures are kept; they are seen, saved and deleted one by one on the sender's page. */
function photoFacts(photos: readonly Photo[] | null) {
  if (photos?.length === 0) return [];
  const value =
    photos === null
      ? 'chưa xem được ngay lúc này'
      : `${photos.length} ảnh: xem, tải về hoặc xóa từng ảnh ở trang của đơn, hoặc tải cả trong bản sao cho máy đọc (JSON)`;
  return [{ label: photoData.label, value }];
}

function goneWords(
  entry: { erasedAt: Date | null; keyEndsAt: Date },
  view: PersonView,
): string | null {
  if (view.state !== 'ended') return null;
  const at = entry.erasedAt ?? entry.keyEndsAt;
  const how = entry.erasedAt === null ? 'đã hết hạn lưu' : 'đã xóa';
  return `Thông tin cá nhân ở đây không còn nữa: ${how} lúc ${formatInstant(at)}. Không ai mở lại được, kể cả chúng tôi.`;
}

function isLiveRecord(record: FoundSubject): boolean {
  if (record.kind === 'plan') return record.plan.state !== 'ended';
  return record.kind === 'booking' && isLive(record.booking.state);
}

/** Whether withdrawing the consent here ends a plan. */
function endsPlan(record: FoundSubject): boolean {
  if (record.kind === 'plan') return record.plan.state !== 'ended';
  return record.kind === 'booking' && record.booking.planId !== null;
}

function canWithdraw({ consent }: { consent: ReturnType<typeof consentData> }): boolean {
  return consent !== null && consent.withdrawn === null;
}

function valuesOf(record: FoundSubject, view: PersonView): RawFields {
  if (view.state !== 'open' || record.kind === 'message') return {};
  return record.kind === 'plan'
    ? personToFields(view.person)
    : correctableValues(view.person, record.booking);
}
