import { company } from '../../shared/content/catalogue.ts';
import { parseCode } from '../../shared/jobs/code.ts';
import { customerPage } from '../../shared/privacy/register.ts';
import { addPeriod, formatPeriod, messageKeyEnd } from '../../shared/privacy/retention.ts';
import type { AppContext } from '../web/context.ts';
import { answerFindPage } from './find-page.ts';
import {
  customerPath,
  type FoundBy,
  foundPath,
  idOfCustomerToken,
  isCustomerToken,
  isFoundToken,
  isViewToken,
  type LinkedRecord,
} from '../signing/links.ts';
import { dataLinkEnd } from '../signing/staff-links.ts';
import { detailsOpenUntil, showToSender } from '../web/details-cookie.ts';
import {
  type FoundSubject,
  entryOf,
  findSubject,
  findSubjectAndEpoch,
  idOf,
} from '../records/find-record.ts';
import { findKeyRow } from '../store/key-rows.ts';

const WRONG_LINK =
  'Đường dẫn này không mở được đơn hay tin nhắn nào: có thể bị thiếu chữ khi sao chép, hoặc đã quá một giờ từ lúc tìm lại. Anh/chị ghi mã và bốn số cuối của số điện thoại để mở lại.';
const NEEDS_NUMBER =
  'Muốn xem, tải về hoặc sửa thông tin đã để lại, anh/chị ghi cả số điện thoại vào ô thứ hai.';

export const LINK_ENDED = `Đơn này đã qua ${formatPeriod(customerPage.period)} kể từ ngày làm nên không mở trên trang được nữa. Muốn xem, sửa hoặc xóa thông tin, anh/chị gửi “Yêu cầu về dữ liệu cá nhân” ở trang Liên hệ.`;
/** What a genuine link says of a request that was kept aside and that nobody released: nothing of it is left. */
const DROPPED =
  'Chưa liên lạc được, đã đóng. Nếu vẫn cần, mời anh/chị gửi yêu cầu mới hoặc gọi chúng tôi.';
const PLAN_ENDED = `Lịch định kỳ này đã dừng quá ${formatPeriod(customerPage.period)} nên không mở trên trang được nữa. Muốn xem, sửa hoặc xóa thông tin, anh/chị gửi “Yêu cầu về dữ liệu cá nhân” ở trang Liên hệ.`;
const MESSAGE_ENDED =
  'Tin nhắn này đã hết hạn lưu. Thông tin cá nhân trong tin không còn nữa, không ai mở lại được, kể cả chúng tôi.';

/**
 * What a link to a record lets do: `own` is the sender's; `digits` and `phone` are links of an hour that code and number led
 * to; `view` is one that the sender handed on, which only shows state, day, window and ward; `staff` is one that staff made to the
 * page about the data.
 */
type LinkScope = 'own' | 'view' | 'staff' | FoundBy;

/** The link by which a record was opened. */
export interface OpenedLink {
  scope: LinkScope;
  /** Address of the customer's page by this link. */
  self: string;
  /** Whether name, address, e-mail, note and the whole number are shown: opened by a press, and never by `digits` or `view`. */
  isShown: boolean;
  /** When the link ends that staff made; null for any other. */
  staffEnd: Date | null;
}

/** A record that a link opened. */
export type OpenedRecord = FoundSubject & { link: OpenedLink };
export type OpenedBooking = Extract<OpenedRecord, { kind: 'booking' }>;
export type OpenedMessage = Extract<OpenedRecord, { kind: 'message' }>;
export type OpenedPlan = Extract<OpenedRecord, { kind: 'plan' }>;

/** The record that a link opens, or the answer to give where it opens none. */
type CustomerAccess = OpenedRecord | { kind: 'refused'; answer: Response };

/** Opens `/don/<code>/…?k=` for its sender. A link that is not genuine is answered the same whether or not the code exists. */
export async function openCustomerRecord(c: AppContext): Promise<CustomerAccess> {
  const code = parseCode(company.codePrefix, c.req.param('code') ?? '');
  return code === null ? refuseCode(c) : admitSender(c, code, await findSubject(c.env.DB, code));
}

/**
 * Opens `/don/<code>/du-lieu/?k=` by the sender's own link, by one that the whole number led to, or by one that staff made,
 * which works however old the record is.
 */
export async function openDataRecord(c: AppContext): Promise<CustomerAccess> {
  const code = parseCode(company.codePrefix, c.req.param('code') ?? '');
  if (code === null) return refuseCode(c);
  const { record, epoch } = await findSubjectAndEpoch(c.env.DB, code, 'staff');
  const signing = { keys: c.var.staffKeys, now: c.var.now, epoch };
  const staffEnd =
    record === null ? null : await dataLinkEnd(signing, idOf(record), c.req.query('k') ?? '');
  if (record !== null && staffEnd !== null)
    return describeLink(c, record, { by: 'staff', staffEnd });
  const access = await admitSender(c, code, record);
  if (access.kind === 'refused' || canShowDetails(access.link)) return access;
  const answer = await answerFindPage(c, { values: { code }, notice: NEEDS_NUMBER, status: 403 });
  return { kind: 'refused', answer };
}

async function refuseCode(c: AppContext): Promise<{ kind: 'refused'; answer: Response }> {
  const answer = await answerFindPage(c, { values: {}, notice: WRONG_LINK, status: 404 });
  return { kind: 'refused', answer };
}

async function admitSender(
  c: AppContext,
  code: string,
  record: FoundSubject | null,
): Promise<CustomerAccess> {
  const token = c.req.query('k') ?? '';
  const by = record === null ? null : await scopeOf(c, idOf(record), token);
  if (record === null || by === null) {
    return refuseLink(c, { code, token, isUnknown: record === null });
  }
  if (hasLinkEnded(record, c.var.now)) {
    return { kind: 'refused', answer: await answerEnded(c, record) };
  }
  return describeLink(c, record, { by, staffEnd: null });
}

async function describeLink(
  c: AppContext,
  record: FoundSubject,
  { by: scope, staffEnd }: { by: LinkScope; staffEnd: Date | null },
): Promise<OpenedRecord> {
  const { id, code } = entryOf(record);
  const until = await detailsOpenUntil(c, { reader: 'don', id });
  const self = `/don/${code}/?${new URLSearchParams({ k: c.req.query('k') ?? '' }).toString()}`;
  const isShown = canShowDetails({ scope }) && until !== null;
  return { ...record, link: { scope, self, isShown, staffEnd } };
}

/** Whether a press may show the details to whoever holds the link. */
export function canShowDetails({ scope }: { scope: LinkScope }): boolean {
  return scope !== 'digits' && scope !== 'view';
}

/** The page of another record of the same person, by a link that lets do no more than the one that is open; null where there is none. */
export async function pathByLink(
  c: AppContext,
  { scope }: OpenedLink,
  record: LinkedRecord,
): Promise<string | null> {
  const { linkKeys: keys, now } = c.var;
  if (scope === 'own') return customerPath(keys, record);
  const isFound = scope === 'digits' || scope === 'phone';
  return isFound ? foundPath({ keys, now }, record, scope) : null;
}

/** Answers the press that shows a record's details: they are visible on its pages for 30 minutes. */
export async function showDetails(
  c: AppContext,
  record: OpenedRecord,
  path: string,
): Promise<Response> {
  if (canShowDetails(record.link)) await showToSender(c, entryOf(record));
  return c.redirect(path, 303);
}

/** What a sender's token lets do with a record; null where it is not genuine or has expired. */
async function scopeOf(
  c: AppContext,
  id: string,
  token: string,
): Promise<'own' | 'view' | FoundBy | null> {
  const { linkKeys: keys, now } = c.var;
  if (await isCustomerToken(keys, id, token)) return 'own';
  if (await isViewToken(keys, id, token)) return 'view';
  for (const by of ['digits', 'phone'] as const) {
    if (await isFoundToken({ keys, now }, token, { id, by })) return by;
  }
  return null;
}

async function refuseLink(
  c: AppContext,
  { code, token, isUnknown }: { code: string; token: string; isUnknown: boolean },
): Promise<CustomerAccess> {
  if (isUnknown && (await isOfDropped(c, token))) {
    const view = { values: { code }, notice: DROPPED, status: 410, ended: true } as const;
    return { kind: 'refused', answer: await answerFindPage(c, view) };
  }
  const [notice, status] = token === '' ? [null, 200 as const] : [WRONG_LINK, 403 as const];
  return { kind: 'refused', answer: await answerFindPage(c, { values: { code }, notice, status }) };
}

/** Whether a token was issued for a record that is no longer there. */
async function isOfDropped(c: AppContext, token: string): Promise<boolean> {
  const id = await idOfCustomerToken(c.var.linkKeys, token);
  return id !== null && (await findKeyRow(c.env.DB, id)) === null;
}

/** Answers a genuine link that has ended. */
export function answerEnded(c: AppContext, record: FoundSubject): Promise<Response> {
  const { code } = entryOf(record);
  const notice = { booking: LINK_ENDED, message: MESSAGE_ENDED, plan: PLAN_ENDED }[record.kind];
  const ended = record.kind !== 'message';
  return answerFindPage(c, { values: { code }, notice, status: 410, ended });
}

/**
 * Whether a customer's link has ended: 30 days after the visit or the end of a plan, or when a message's personal data would
 * expire. An earlier erasure does not end it, so that its person can still see that it was done.
 */
export function hasLinkEnded(record: FoundSubject, now: Date): boolean {
  switch (record.kind) {
    case 'booking':
      return now > addPeriod(record.booking.visitEndsAt, customerPage.period);
    case 'message':
      return now > messageKeyEnd(record.message);
    case 'plan':
      return (
        record.plan.state === 'ended' && now > addPeriod(record.plan.stateAt, customerPage.period)
      );
  }
}
