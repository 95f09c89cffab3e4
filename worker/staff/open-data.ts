import { company } from '../../shared/content/catalogue.ts';
import { parseCode } from '../../shared/jobs/code.ts';
import { canTransitionMessage } from '../../shared/states.ts';
import type { AppContext } from '../web/context.ts';
import { dataPath } from '../signing/links.ts';
import { writeOpening } from './details.ts';
import type { Message } from '../store/messages.ts';
import { entryOf, findRecord } from '../records/find-record.ts';

const UNKNOWN =
  'Không có đơn hay tin nhắn nào mang mã này. Hỏi lại khách, hoặc tìm mã trong lịch tuần và trong thư báo cũ.';
const LATER = 'Chưa đọc được thông tin của khách. Thử lại sau ít phút.';

/** Whether staff may open the data of the record a message is about: for a complaint or privacy request not yet closed. */
export function canOpenData({ kind, state }: Pick<Message, 'kind' | 'state'>): boolean {
  return (kind === 'complaint' || kind === 'privacy') && canTransitionMessage(state, 'close');
}

/**
 * A link to the page about a record's data, for staff, with a row in the record's ledger. Staff need it to answer a complaint,
 * or to carry out a request about personal data of someone whose own link is lost or has ended.
 */
export async function openDataOf(
  c: AppContext,
  typed: string,
): Promise<{ path: string } | { notice: string; status: 422 | 503 }> {
  const code = parseCode(company.codePrefix, typed);
  const record = code === null ? null : await findRecord(c.env.DB, code);
  if (record === null) return { notice: UNKNOWN, status: 422 };
  const entry = entryOf(record);
  if ((await writeOpening(c, entry)) === 'later') return { notice: LATER, status: 503 };
  return { path: await dataPath({ keys: c.var.linkKeys, now: c.var.now }, entry) };
}
