import { findWindow } from '../../../shared/jobs/availability.ts';
import { bookingRules } from '../../../shared/content/catalogue.ts';
import type { StrandedBooking } from '../../../shared/jobs/stranded.ts';
import { formatDate, formatInstant, formatSpan, later } from '../../../shared/time.ts';
import type { MailLine } from '../../emails/layout.ts';
import { listLostRequests } from '../../personal-data/lost-requests.ts';
import { countMissingKeys } from '../../personal-data/key-reconciliation.ts';
import { type ChannelState, findSending } from '../../store/channels.ts';
import {
  countDeliveries,
  listDeadLetters,
  listLate,
  type Undelivered,
} from '../../store/undelivered.ts';
import { findRestore } from '../../store/restores.ts';
import type { LinkedRecord } from '../../signing/links.ts';
import {
  dueWords,
  freshUrl,
  prepareStaffMailing,
  type StaffMailing,
} from '../../wording/report-lines.ts';
import { openReasonNames } from '../../wording/plan.ts';
import { staffRightNames } from '../../wording/staff.ts';
import type { OpenDate } from '../../store/plan-dates.ts';
import { LATE_MINUTES } from '../retry-times.ts';
import { deliveriesCommand, nameChannel, nameDelivery } from './delivery-words.ts';
import type { DueRight } from '../../store/due.ts';

/** Deliveries of one sort that the digest names: as many lines as a section of a report shows. The mail about dead letters lists 50. */
const LETTERS_MAX = 40;
/** Days after a restore in which the digest has a section on it. */
const RESTORE_DAYS = 14;

/** The record that an undelivered delivery is about; none for a mail of the system. */
export function recordOf({ code, subject_id: id }: Undelivered): LinkedRecord[] {
  return code === null ? [] : [{ id, code }];
}

/** A record by its code, with a link that opens it whatever its age. */
export async function recordLine(mailing: StaffMailing, record: LinkedRecord): Promise<MailLine> {
  return { text: record.code, url: await freshUrl(mailing, record) };
}

/** A booking whose window was closed or made smaller by the settings, with the reason. */
export async function strandedLine(
  mailing: StaffMailing,
  { id, code, date, window, reason }: StrandedBooking,
): Promise<MailLine> {
  const found = findWindow(bookingRules, window);
  const when = found === undefined ? window : `${found.label}, ${formatSpan(found)}`;
  const why = reason === 'closed' ? 'ngày hoặc giờ này đã đóng' : 'nhiều đơn hơn số đội';
  const text = `${code} · ${formatDate(date)}, ${when} · ${why}: gọi khách đổi giờ`;
  return { text, url: await freshUrl(mailing, { id, code }) };
}

/** A day of a plan for which somebody has to choose another window, or let it go. */
export async function openDateLine(
  mailing: StaffMailing,
  { planId: id, code, rhythmDate, reason }: OpenDate & { code: string },
): Promise<MailLine> {
  const text = `${code} · ${formatDate(rhythmDate)} · ${openReasonNames[reason]}: gọi khách chọn giờ khác`;
  return { text, url: `${await freshUrl(mailing, { id, code })}?ngay=${rhythmDate}#chon-gio` };
}

/** A request about personal data with its next legal day; with the link to the record where staff have to call first. */
export async function rightLine(
  mailing: StaffMailing,
  right: DueRight,
  today: string,
): Promise<MailLine> {
  const step = right.replied ? 'làm xong' : 'trả lời lần đầu';
  const due = dueWords(right.nextDue, today);
  const { id, code, kind, needsCall } = right;
  const text = `${code ?? ''} · ${staffRightNames[kind]} · ${step}: ${due}`;
  const url = id === null || code === null ? undefined : await freshUrl(mailing, { id, code });
  if (needsCall) return { text: `${text}; gọi số trong đơn để hỏi lại, rồi ghi kết quả`, url };
  const waits = `; kết thúc khiếu nại của đơn này trước ${formatDate(right.dueOn)}, rồi hệ thống tự xóa`;
  return { text: kind === 'erase' ? `${text}${waits}` : text, url };
}

/** A record that four digits no longer find, since too many wrong ones were typed. */
export async function closedFindLine(
  mailing: StaffMailing,
  record: { id: string; code: string },
): Promise<MailLine> {
  const text = `${record.code} · bốn số cuối bị thử sai nhiều lần, nay chỉ tìm được bằng cả số: hỏi khách, đúng là khách thử thì mở lại ở trang của việc`;
  return { text, url: await freshUrl(mailing, record) };
}

/** What is lost or did not arrive: missing keys, stopped and failing channels, late deliveries, dead letters. */
export async function failureLines(env: Env, now: Date): Promise<MailLine[]> {
  const mailing = await prepareStaffMailing(env, now);
  const madeBefore = later(now, { minutes: -LATE_MINUTES });
  const [missing, sending, late, letters, counts] = await Promise.all([
    countMissingKeys(env.DB),
    findSending(env.DB),
    listLate(env.DB, { now, madeBefore, limit: LETTERS_MAX + 1 }),
    listDeadLetters(env.DB, LETTERS_MAX),
    countDeliveries(env.DB, now),
  ]);
  const more = counts.dead - letters.length;
  return [
    ...(missing === 0 ? [] : [missingLine(missing)]),
    ...sending.channels.flatMap(channelLine),
    ...(sending.addressFailsSince === null ? [] : [addressLine(sending.addressFailsSince)]),
    ...(await linesOf(mailing, late.slice(0, LETTERS_MAX), 'trễ hơn một giờ')),
    ...(late.length > LETTERS_MAX ? [{ text: 'và những lượt gửi trễ khác' }] : []),
    ...(await linesOf(mailing, letters, 'đã thôi gửi')),
    ...(more > 0 ? [{ text: `và ${more} lượt gửi nữa` }] : []),
  ];
}

function missingLine(missing: number): MailLine {
  return { text: `${missing} đơn, tin mà hệ thống không đọc được cách liên hệ với khách nữa` };
}

function addressLine(since: Date): MailLine {
  const text = `Hộp thư thứ nhất không nhận được thư từ ${formatInstant(since)}: xem hộp thư thứ hai`;
  return { text };
}

function channelLine({ name, stoppedAt, failingSince }: ChannelState): MailLine[] {
  if (stoppedAt !== null)
    return [{ text: `Kênh ${nameChannel(name)} đã dừng: hỏi rõ vì sao rồi mới mở lại` }];
  if (failingSince === null) return [];
  return [{ text: `Kênh ${nameChannel(name)} lỗi từ ${formatInstant(failingSince)}` }];
}

function linesOf(
  mailing: StaffMailing,
  rows: readonly Undelivered[],
  how: string,
): Promise<MailLine[]> {
  return Promise.all(rows.map((row) => undeliveredLine(mailing, row, how)));
}

async function undeliveredLine(
  mailing: StaffMailing,
  row: Undelivered,
  how: string,
): Promise<MailLine> {
  const { channelName, kindName } = nameDelivery(row);
  const parts = [row.code ?? kindName, channelName, kindName, how, `lượt gửi ${row.id}`];
  const [record] = recordOf(row);
  const url = record === undefined ? undefined : await freshUrl(mailing, record);
  return { text: parts.join(' · '), url };
}

/** What a restore of the last weeks left for a person: deliveries to look through, and requests that may be lost. */
export async function restoreLines(env: Env, now: Date): Promise<MailLine[]> {
  const restore = await findRestore(env.DB);
  if (restore === null || restore.at < later(now, { days: -RESTORE_DAYS })) return [];
  const [{ review }, lost] = await Promise.all([
    countDeliveries(env.DB, now),
    listLostRequests(env, restore),
  ]);
  return [
    ...(review > 0
      ? [{ text: `${review} lượt gửi chờ người xem lại: ${deliveriesCommand(env, 'list')}` }]
      : []),
    ...lost.slice(0, LETTERS_MAX).map(({ code, at }) => ({
      text: `${code} · gửi lúc ${formatInstant(new Date(at))} · không có trong bản sao, có thể đã mất: tìm thư báo cũ, gọi lại cho khách`,
    })),
  ];
}
