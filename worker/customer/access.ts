import { company } from '../../shared/content/catalogue.ts';
import { parseCode } from '../../shared/jobs/code.ts';
import { customerPage } from '../../shared/privacy/register.ts';
import { addPeriod, formatPeriod, messageKeyEnd } from '../../shared/privacy/retention.ts';
import type { AppContext } from '../web/context.ts';
import { answerFindPage } from './find-page.ts';
import { idOfCustomerToken, isCustomerToken } from '../signing/links.ts';
import { dataLinkEnd } from '../signing/staff-links.ts';
import {
  type FoundRecord,
  entryOf,
  findRecord,
  findRecordAndEpoch,
  idOf,
} from '../records/find-record.ts';
import { findKeyRow } from '../store/key-rows.ts';

const WRONG_LINK =
  'Liên kết này không mở được yêu cầu: có thể bị thiếu chữ khi sao chép. Anh/chị ghi mã và bốn số cuối của số điện thoại để mở lại.';

export const LINK_ENDED = `Yêu cầu này đã qua ${formatPeriod(customerPage.period)} kể từ ngày làm nên không mở trên trang được nữa. Muốn xem, sửa hoặc xóa thông tin, anh/chị gửi "Yêu cầu về dữ liệu cá nhân" ở trang Liên hệ.`;
/** What a genuine link says of a request that was kept aside and that nobody released: nothing of it is left. */
const DROPPED = 'Chưa liên lạc được, đã đóng. Vẫn cần, anh/chị gửi yêu cầu mới hoặc gọi chúng tôi.';
const MESSAGE_ENDED =
  'Tin nhắn này đã hết hạn lưu. Thông tin cá nhân trong tin không còn nữa, không ai mở lại được, kể cả chúng tôi.';

/** The record that a link opens, or the answer to give where it opens none. */
export type CustomerAccess = FoundRecord | { kind: 'refused'; answer: Response };

/** A record whose data page is open. `openedUntil` is the end of the link that staff made; null for the sender's own link. */
export type DataRecord = FoundRecord & { openedUntil: Date | null };

/** Opens `/don/<code>/…?k=` for its sender. A link that is not genuine is answered the same whether or not the code exists. */
export async function openCustomerRecord(c: AppContext): Promise<CustomerAccess> {
  const code = parseCode(company.codePrefix, c.req.param('code') ?? '');
  return code === null ? refuseCode(c) : admitSender(c, code, await findRecord(c.env.DB, code));
}

async function refuseCode(c: AppContext): Promise<{ kind: 'refused'; answer: Response }> {
  const answer = await answerFindPage(c, { values: {}, notice: WRONG_LINK, status: 404 });
  return { kind: 'refused', answer };
}

async function admitSender(
  c: AppContext,
  code: string,
  record: FoundRecord | null,
): Promise<CustomerAccess> {
  const token = c.req.query('k') ?? '';
  if (record === null || !(await isCustomerToken(c.var.linkKeys, idOf(record), token))) {
    return refuseLink(c, { code, token, isUnknown: record === null });
  }
  if (hasLinkEnded(record, c.var.now)) {
    return { kind: 'refused', answer: await answerEnded(c, record) };
  }
  return record;
}

/**
 * Opens `/don/<code>/du-lieu/?k=` by the sender's own link, or by one that staff made: that works however old the record is.
 */
export async function openDataRecord(
  c: AppContext,
): Promise<DataRecord | { kind: 'refused'; answer: Response }> {
  const code = parseCode(company.codePrefix, c.req.param('code') ?? '');
  if (code === null) return refuseCode(c);
  const { record, epoch } = await findRecordAndEpoch(c.env.DB, code, 'staff');
  const { staffKeys: keys, now } = c.var;
  const token = c.req.query('k') ?? '';
  const openedUntil =
    record === null ? null : await dataLinkEnd({ keys, now, epoch }, idOf(record), token);
  if (record !== null && openedUntil !== null) return { ...record, openedUntil };
  const access = await admitSender(c, code, record);
  return access.kind === 'refused' ? access : { ...access, openedUntil: null };
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
export function answerEnded(c: AppContext, record: FoundRecord): Promise<Response> {
  const { code } = entryOf(record);
  const notice = record.kind === 'booking' ? LINK_ENDED : MESSAGE_ENDED;
  const ended = record.kind === 'booking';
  return answerFindPage(c, { values: { code }, notice, status: 410, ended });
}

/**
 * Whether a customer's link has ended: 30 days after the visit, or when a message's personal data would expire. An earlier
 * erasure does not end it, so that its person can still see that it was done.
 */
export function hasLinkEnded(record: FoundRecord, now: Date): boolean {
  return record.kind === 'booking'
    ? now > addPeriod(record.booking.visitEndsAt, customerPage.period)
    : now > messageKeyEnd(record.message);
}
