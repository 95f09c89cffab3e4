import { company } from '../../shared/content/catalogue.ts';
import type { Person } from '../../shared/forms/person.ts';
import { parseCode } from '../../shared/jobs/code.ts';
import { canTransitionMessage } from '../../shared/states.ts';
import type { AppContext } from '../web/context.ts';
import { readPerson, type SealedRecord } from '../personal-data/read-person.ts';
import { dataPath } from '../signing/staff-links.ts';
import { showToSender } from '../web/details-cookie.ts';
import { writeOpening } from './details.ts';
import {
  countTypedCode,
  type Message,
  returnTypedCode,
  TYPED_CODES_MAX,
} from '../store/messages.ts';
import { entryOf, findSubject } from '../records/find-record.ts';

/** What the message's page says where it opens nothing. */
const refusals = {
  unknown: {
    status: 422,
    notice:
      'Mã này không mở được từ tin nhắn này: không có đơn nào mang mã ấy, hoặc đơn ấy ghi số điện thoại và email khác với tin. Hỏi lại khách mã đơn, hoặc mở việc từ lịch tuần.',
  },
  spent: {
    status: 422,
    notice: `Tin nhắn này đã thử đủ ${TYPED_CODES_MAX} mã nên không mở thêm mã nào gõ tay. Mở việc từ lịch tuần, hoặc xin khách gửi tin mới có ghi đúng mã.`,
  },
  later: { status: 503, notice: 'Chưa đọc được thông tin của khách. Thử lại sau ít phút.' },
} as const;

/** Whether staff may open the data of the record a message is about: for a complaint or privacy request not yet closed. */
export function canOpenData({ kind, state }: Pick<Message, 'kind' | 'state'>): boolean {
  return (kind === 'complaint' || kind === 'privacy') && canTransitionMessage(state, 'close');
}

/**
 * A link to the page about a record's data, for staff, with a row in the record's ledger. Staff need it to answer a complaint,
 * or to carry out a request about personal data of someone whose own link is lost or has ended. It opens the record whose code
 * the message names; with another code only a record of the same phone number or e-mail address, and each such try counts.
 */
export async function openDataOf(
  c: AppContext,
  message: Message,
  typed: string,
): Promise<{ path: string } | (typeof refusals)[keyof typeof refusals]> {
  const code = parseCode(company.codePrefix, typed);
  const isNamed = code !== null && code === message.bookingCode;
  if (!isNamed && !(await countTypedCode(c.env.DB, message.id))) return refusals.spent;
  const record = code === null ? null : await findSubject(c.env.DB, code);
  if (record === null) return refusals.unknown;
  const entry = entryOf(record);
  const same = isNamed ? 'yes' : await compareSenders(c, message, entry);
  if (same === 'no') return refusals.unknown;
  if (same === 'later' || (await writeOpening(c, entry)) === 'later') {
    if (!isNamed) await returnTypedCode(c.env.DB, message.id);
    return refusals.later;
  }
  await showToSender(c, entry);
  return { path: await dataPath(c.var.staffSigning, entry) };
}

/** Whether two records were sent with the same phone number or e-mail address; `later` where the key store does not answer. */
async function compareSenders(
  c: AppContext,
  one: SealedRecord,
  other: SealedRecord,
): Promise<'yes' | 'no' | 'later'> {
  const { env } = c;
  const views = await Promise.all([one, other].map((entry) => readPerson(env, entry, c.var.now)));
  if (views.some(({ state }) => state === 'later')) return 'later';
  const [first, second] = views.flatMap((view) => (view.state === 'open' ? [view.person] : []));
  return first !== undefined && second !== undefined && isSameSender(first, second) ? 'yes' : 'no';
}

function isSameSender(one: Person, other: Person): boolean {
  const isSame = (a: string | null, b: string | null) => a !== null && a === b;
  return (
    isSame(one.phone, other.phone) ||
    isSame(one.email?.toLowerCase() ?? null, other.email?.toLowerCase() ?? null)
  );
}
