import { bookingRules, crews } from '../../../shared/content/catalogue.ts';
import { findStranded } from '../../../shared/jobs/stranded.ts';
import {
  addDays,
  formatDate,
  formatShortDate,
  later,
  toVietnamDate,
} from '../../../shared/time.ts';
import { isLegalKind } from '../../../shared/privacy/legal-kinds.ts';
import { listWaitingMessages } from '../../records/due-day.ts';
import type { MailLine, MailSection } from '../../emails/layout.ts';
import type { SystemMailContent } from '../../emails/mail.ts';
import { renderStaffReport } from '../../emails/staff-report.ts';
import { listUnanswered } from '../../records/overdue.ts';
import { crewOf } from '../../records/crews.ts';
import { type Booking, listBookings } from '../../store/bookings.ts';
import { readCrewDay } from '../../store/crews.ts';
import type { Delivery } from '../../store/deliveries.ts';
import { LIFE_TRIES } from '../../records/find-tries.ts';
import {
  listCancelledSince,
  listClosedFinds,
  listDueRights,
  listRequested,
} from '../../store/due.ts';
import { listHeld } from '../../store/held.ts';
import { listAllOpenDates } from '../../store/plan-dates.ts';
import { listMadeSince } from '../../store/plan-visits.ts';
import {
  closedFindLine,
  failureLines,
  openDateLine,
  restoreLines,
  rightLine,
  strandedLine,
} from './digest-lines.ts';
import {
  changedLine,
  dayLine,
  jobLine,
  messageLine,
  pastLine,
  prepareStaffMailing,
  quarantinedLine,
  type StaffMailing,
  waitingLine,
} from '../../wording/report-lines.ts';
import { weekLink } from './waiting.ts';
import { readBookedSlots } from '../../store/seats.ts';

/** Quarantined records that the digest reads; a section shows fewer. */
const HELD_MAX = 50;
/** Visits made by plans, and open dates, that the digest reads. */
const PLANNED_MAX = 50;
/** Hours after which a digest is not sent any more: the next one says the same and more. */
const DIGEST_HOURS = 24;

/** Builds the evening's digest from the records as they are when it is sent. */
export async function writeDigest(
  env: Env,
  delivery: Delivery,
  now: Date,
): Promise<SystemMailContent | null> {
  if (now >= later(delivery.createdAt, { hours: DIGEST_HOURS })) return null;
  const day = delivery.subjectId.replace('digest:', '');
  const tomorrow = addDays(day, 1);
  // Where the digest is sent after midnight, the day it calls tomorrow is today.
  const name = tomorrow === toVietnamDate(now) ? 'Hôm nay' : 'Ngày mai';
  const jobs = await listBookings(env.DB, {
    from: tomorrow,
    to: tomorrow,
    states: ['requested', 'confirmed'],
  });
  const [waiting, messages, ended, cancelled] = await Promise.all([
    listRequested(env.DB),
    listWaitingMessages(env.DB),
    listUnanswered(env, now),
    listCancelledSince(env.DB, later(now, { hours: -DIGEST_HOURS })),
  ]);
  const mailing = await prepareStaffMailing(env, now);
  const today = toVietnamDate(now);
  const isLegal = ({ message }: (typeof messages)[number]) => isLegalKind(message.kind);
  const toLine = ({ message }: (typeof messages)[number]) => messageLine(mailing, message, today);
  const { off } = await readCrewDay(env.DB, tomorrow);
  const crewless = crews.length === 0 ? [] : jobs.filter((job) => crewOf(job, off) === null);
  const soonest = waiting.toSorted((a, b) => a.visitStartsAt.getTime() - b.visitStartsAt.getTime());
  const counts = `${name.toLowerCase()} ${jobs.length} việc, ${waiting.length} yêu cầu và ${messages.length} tin nhắn chờ trả lời`;
  return {
    address: 'first',
    mail: await renderStaffReport({
      headline: `Tổng kết ${formatShortDate(day)}: ${counts}`,
      lead: [
        ...(crewless.length === 0 ? [] : [`${name} còn ${crewless.length} việc chưa có đội.`]),
        ...(jobs.length === 0 ? [`${formatDate(tomorrow)} chưa có việc nào.`] : []),
      ],
      link: await weekLink(mailing),
      sections: [
        await section(`${name} chưa có đội`, crewless, (job) => jobLine(mailing, job)),
        await section('Theo luật phải trả lời', messages.filter(isLegal), toLine),
        {
          heading: `${name}, ${formatDate(tomorrow)}`,
          lines: await dayLines(mailing, tomorrow, jobs),
        },
        await section('Yêu cầu chờ trả lời', soonest, (job) => waitingLine(mailing, job)),
        await section(
          'Tin nhắn cần trả lời',
          messages.filter((row) => !isLegal(row)),
          toLine,
        ),
        await section('Đã làm xong chưa', ended, (job) => pastLine(mailing, job)),
        await section('Đã hủy trong ngày', cancelled, (job) => pastLine(mailing, job)),
        ...(await listPlanned(mailing, now)),
        ...(await listTroubles(mailing, now)),
      ],
    }),
  };
}

/** The jobs of a day below the link to its sheet, from which they are called, driven and given to crews. */
async function dayLines(
  mailing: StaffMailing,
  date: string,
  jobs: readonly Booking[],
): Promise<MailLine[]> {
  if (jobs.length === 0) return [];
  const lines = jobs.map((job) => jobLine(mailing, job));
  return Promise.all([dayLine(mailing, date), ...lines]);
}

/** What plans did by themselves: days without a seat, and the visits made since the last digest. */
async function listPlanned(mailing: StaffMailing, now: Date): Promise<MailSection[]> {
  const { DB } = mailing.env;
  const [open, made] = await Promise.all([
    listAllOpenDates(DB, { from: toVietnamDate(now), limit: PLANNED_MAX }),
    listMadeSince(DB, later(now, { hours: -DIGEST_HOURS }), PLANNED_MAX),
  ]);
  return [
    await section('Khách định kỳ, cần chọn giờ khác', open, (date) => openDateLine(mailing, date)),
    await section('Buổi định kỳ mới xếp', made, (job) => changedLine(mailing, job)),
  ];
}

async function listTroubles(mailing: StaffMailing, now: Date): Promise<MailSection[]> {
  const { env } = mailing;
  const today = toVietnamDate(now);
  const [held, rights, booked, closed] = await Promise.all([
    listHeld(env.DB, { limit: HELD_MAX, offset: 0 }),
    listDueRights(env.DB),
    readBookedSlots(env.DB, bookingRules, today),
    listClosedFinds(env.DB, LIFE_TRIES),
  ]);
  const optional = held.rows.filter(({ kind }) => kind === null || !isLegalKind(kind));
  // What the law wants answered stands first among them, and in a section of its own.
  const optionalTotal = held.total - (held.rows.length - optional.length);
  return [
    await section(`Để riêng, chờ xem lại: ${optionalTotal}`, optional, (row) =>
      quarantinedLine(mailing, row, now),
    ),
    await section(
      'Không còn đủ chỗ, đủ đội',
      findStranded(bookingRules, booked.slots, booked.seats),
      (row) => strandedLine(mailing, row),
    ),
    await section('Yêu cầu về dữ liệu cá nhân', rights, (row) => rightLine(mailing, row, today)),
    await section('Mã bị thử sai nhiều lần', closed, (row) => closedFindLine(mailing, row)),
    { heading: 'Chưa gửi được', lines: await failureLines(env, now) },
    { heading: 'Sau khi khôi phục', lines: await restoreLines(env, now) },
  ];
}

async function section<T>(
  heading: string,
  rows: readonly T[],
  toLine: (row: T) => Promise<MailLine>,
): Promise<MailSection> {
  return { heading, lines: await Promise.all(rows.map(toLine)) };
}
