import type { SystemMailContent } from '../../emails/mail.ts';
import { renderStaffReport } from '../../emails/staff-report.ts';
import { listOverdue, listUnanswered } from '../../records/overdue.ts';
import type { Delivery } from '../../store/deliveries.ts';
import { listOfSecondAddress } from '../../store/due.ts';
import { listHeld } from '../../store/held.ts';
import { listSubjectsOfList } from '../../store/staff-mails.ts';
import { retention } from '../../../shared/privacy/register.ts';
import { addDays, toVietnamDate } from '../../../shared/time.ts';
import {
  changedLine,
  dayLine,
  messageLine,
  pastLine,
  prepareStaffMailing,
  quarantinedLine,
  type StaffMailing,
  staffUrl,
  waitingLine,
} from '../../wording/report-lines.ts';
import type { MailContent } from '../../emails/layout.ts';
import { numbersPath, weekPath } from '../../signing/staff-links.ts';
import { readStaffKeys } from '../../signing/tokens.ts';
import { findEpoch } from '../../store/link-epochs.ts';

/** Lines of a mail about many records. */
const LINES_MAX = 500;

const BUSY =
  'Có nhiều yêu cầu dồn dập từ một nơi, hoặc trong một giờ. Nếu không phải khách thật: mở lịch tuần, bấm “Để riêng các đơn web chưa xác nhận” để trả lại chỗ cho khách.';

/** Builds the list of what had no mail of its own in an hour with too many; null where nothing is left of it. */
export async function writeHourList(
  env: Env,
  delivery: Delivery,
  now: Date,
): Promise<SystemMailContent | null> {
  const { bookings, messages } = await listSubjectsOfList(env.DB, delivery.id, LINES_MAX);
  if (bookings.length + messages.length === 0) return null;
  const today = toVietnamDate(now);
  const mailing = await prepareStaffMailing(env, now);
  const mail = await renderStaffReport({
    headline: `Nhiều việc cùng lúc: ${bookings.length} đơn, ${messages.length} tin nhắn`,
    lead: ['Những việc dưới đây đến dồn dập nên được gộp vào một thư. Bấm vào từng dòng để mở.'],
    link: await weekLink(mailing),
    linesMax: LINES_MAX,
    sections: [
      {
        heading: 'Tin nhắn',
        lines: await Promise.all(messages.map((message) => messageLine(mailing, message, today))),
      },
      {
        heading: 'Đơn mới, đơn đổi hoặc hủy',
        lines: await Promise.all(bookings.map((booking) => changedLine(mailing, booking))),
      },
    ],
  });
  return { mail, address: 'first' };
}

/** Builds the morning's reminder of what has waited too long; null where all was answered meanwhile. */
export async function writeReminder(
  env: Env,
  _delivery: Delivery,
  now: Date,
): Promise<SystemMailContent | null> {
  const { bookings, messages } = await listOverdue(env.DB, now);
  if (bookings.length + messages.length === 0) return null;
  const today = toVietnamDate(now);
  const mailing = await prepareStaffMailing(env, now);
  const mail = await renderStaffReport({
    headline: `Đang chờ trả lời: ${bookings.length} yêu cầu, ${messages.length} tin nhắn`,
    lead: [
      'Những việc dưới đây chờ đã lâu. Đơn thì gọi cho khách rồi bấm xác nhận hoặc từ chối; tin nhắn thì trả lời rồi ghi đã trả lời.',
    ],
    link: await weekLink(mailing),
    sections: [
      {
        heading: 'Yêu cầu đặt lịch',
        lines: await Promise.all(bookings.map((booking) => waitingLine(mailing, booking))),
      },
      {
        heading: 'Tin nhắn',
        lines: await Promise.all(messages.map((message) => messageLine(mailing, message, today))),
      },
    ],
  });
  return { mail, address: 'first' };
}

/** Builds the notice of what is quarantined; null where all was released or dropped meanwhile. */
export async function writeQuarantineNotice(
  env: Env,
  _delivery: Delivery,
  now: Date,
): Promise<SystemMailContent | null> {
  const { rows, total } = await listHeld(env.DB, { limit: LINES_MAX, offset: 0 });
  if (rows.length === 0) return null;
  const isBusy = rows.some(({ holdReason }) => holdReason === 'busy' || holdReason === 'network');
  const mailing = await prepareStaffMailing(env, now);
  const mail = await renderStaffReport({
    headline: `Để riêng, chờ xem lại: ${total}`,
    lead: [
      `Những yêu cầu dưới đây chưa giữ chỗ và chưa chuyển đi. Người gửi không biết điều này: xem từng yêu cầu, khách thật thì nhận. Không nhận thì sau ${retention.held.period.days} ngày tự bỏ; khiếu nại và yêu cầu về dữ liệu không tự bỏ, hạn trả lời tính từ lúc nhận.`,
      ...(isBusy ? [BUSY] : []),
    ],
    link: await weekLink(mailing),
    linesMax: LINES_MAX,
    sections: [
      {
        heading: 'Có thể là khách thật ở trên, mới nhất trước',
        lines: await Promise.all(rows.map((row) => quarantinedLine(mailing, row, now))),
      },
    ],
  });
  return { mail, address: 'first' };
}

/** Builds the mail to the second address about one request that nobody answered; null where it was answered meanwhile. */
export async function writeSecondAddress(
  env: Env,
  delivery: Delivery,
  now: Date,
): Promise<SystemMailContent | null> {
  const bookings = await listOfSecondAddress(env.DB, delivery.createdAt);
  const [first] = bookings;
  if (first === undefined) return null;
  const mailing = await prepareStaffMailing(env, now);
  const lead = 'Chờ đã lâu mà chưa có ai bấm trả lời. Xem cả hộp thư thứ nhất còn nhận thư không.';
  const isOne = bookings.length === 1;
  const mail = await renderStaffReport({
    headline: isOne
      ? `Chưa ai trả lời yêu cầu ${first.code}`
      : `Chưa ai trả lời ${bookings.length} yêu cầu`,
    lead: isOne ? [lead, (await waitingLine(mailing, first)).text] : [lead],
    link: isOne
      ? { label: 'Mở việc này', url: await staffUrl(mailing, first) }
      : await weekLink(mailing),
    sections: isOne
      ? []
      : [
          {
            heading: 'Yêu cầu chờ trả lời',
            lines: await Promise.all(bookings.map((booking) => waitingLine(mailing, booking))),
          },
        ],
  });
  return { mail, address: 'second' };
}

/** Asks what became of the visits that are over for a day; null where all were answered meanwhile. */
export async function writeResultsQuestion(
  env: Env,
  _delivery: Delivery,
  now: Date,
): Promise<SystemMailContent | null> {
  const ended = await listUnanswered(env, now);
  if (ended.length === 0) return null;
  const mailing = await prepareStaffMailing(env, now);
  const mail = await renderStaffReport({
    headline: `Đã làm xong chưa: ${ended.length} việc`,
    lead: [
      'Những việc dưới đây đã qua giờ hẹn một ngày. Mở từng việc, ghi làm xong hoặc khách vắng. Sau 7 ngày không ai ghi thì hệ thống ghi là đã làm xong.',
    ],
    link: await weekLink(mailing),
    sections: [
      {
        heading: 'Chưa ghi kết quả',
        lines: await Promise.all(ended.map((booking) => pastLine(mailing, booking))),
      },
    ],
  });
  return { mail, address: 'first' };
}

/** Builds the mail with a new link to the week. */
export async function writeStaffLink(
  env: Env,
  _delivery: Delivery,
  now: Date,
): Promise<SystemMailContent> {
  const today = toVietnamDate(now);
  const mailing = await prepareStaffMailing(env, now);
  const mail = await renderStaffReport({
    headline: 'Đường dẫn mới đến lịch tuần',
    lead: [
      'Có người vừa xin đường dẫn này ở trang dành cho nhân viên, hoặc vừa đóng mọi đường dẫn cũ. Đường dẫn dùng được 7 ngày; ai có nó đều mở được lịch và thông tin của khách, hủy được việc, nên đừng chuyển tiếp.',
    ],
    link: await weekLink(mailing),
    sections: [
      {
        heading: 'Mở thẳng một ngày, trong 24 giờ tới',
        lines: [await dayLine(mailing, today), await dayLine(mailing, addDays(today, 1))],
      },
    ],
  });
  return { mail, address: 'first' };
}

/** Builds the mail with a link to the owner's numbers; null where no mailbox is set that alone may have it. */
export async function writeOwnerLink(
  env: Env,
  _delivery: Delivery,
  now: Date,
): Promise<SystemMailContent | null> {
  if (env.OWNER_ADDRESS === '') return null;
  const epoch = await findEpoch(env.DB, 'owner');
  const path = await numbersPath({ keys: readStaffKeys(env.STAFF_KEYS), now, epoch });
  const mail = await renderStaffReport({
    headline: 'Đường dẫn đến trang số liệu',
    lead: [
      'Có người vừa xin đường dẫn này ở trang dành cho nhân viên. Chỉ hộp thư này nhận được. Đường dẫn dùng được 7 ngày; ai có nó đều xem được số liệu, nên đừng chuyển tiếp.',
    ],
    link: { label: 'Xem số liệu', url: `${env.PUBLIC_ORIGIN}${path}` },
    sections: [],
  });
  return { mail, address: 'owner' };
}

/** A new link to the week, valid for seven days. */
export async function weekLink({
  env,
  signing,
}: StaffMailing): Promise<NonNullable<MailContent['link']>> {
  const path = await weekPath(signing);
  return { label: 'Mở lịch tuần', url: `${env.PUBLIC_ORIGIN}${path}` };
}
