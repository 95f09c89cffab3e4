import { wardName } from '../../../shared/content/areas.ts';
import {
  bookingRules,
  findService,
  findWard,
  holidays,
} from '../../../shared/content/catalogue.ts';
import { countWorkingMinutes } from '../../../shared/jobs/working-time.ts';
import { addDays, formatShortDate, weekdayOf, weekdays } from '../../../shared/time.ts';
import { type BookingCount, countBookings, type FirstReply } from '../../store/numbers.ts';

/** Weeks that the numbers go back, this one included, and ahead: visits are booked some weeks before. */
const WEEKS_BACK = 26;
const WEEKS_AHEAD = 4;

/** The owner's numbers with names instead of ids. */
export interface OwnerNumbers {
  span: { from: string; to: string };
  weeks: BookingCount[];
  months: BookingCount[];
  services: BookingCount[];
  wards: BookingCount[];
  total: BookingCount;
  reply: ReplyTimes;
}

/** How long customers waited for the first answer, in working minutes. */
interface ReplyTimes {
  answered: number;
  waiting: number;
  /** Null where nobody was answered. */
  median: number | null;
  /** Of those answered, how many within the promise. */
  inTime: number;
  promised: number;
}

export async function readNumbers(db: D1Database, today: string): Promise<OwnerNumbers> {
  const monday = addDays(today, -weekdays.indexOf(weekdayOf(today)));
  const from = addDays(monday, -7 * (WEEKS_BACK - 1));
  const to = addDays(monday, 7 * (WEEKS_AHEAD + 1) - 1);
  const counted = await countBookings(db, { from, to });
  const weeks = fillWeeks(counted.weeks, from, to);
  return {
    span: { from, to },
    weeks: weeks.map((week) => ({ ...week, name: `Tuần từ ${formatShortDate(week.name)}` })),
    months: counted.months.map((month) => ({ ...month, name: nameMonth(month.name) })),
    services: counted.services.map((one) => ({ ...one, name: nameService(one.name) })),
    wards: counted.wards.map((one) => ({ ...one, name: nameWard(one.name) })),
    total: sum(weeks),
    reply: timeReplies(counted.replies),
  };
}

/** Every week of the span, those without a request too. */
function fillWeeks(weeks: readonly BookingCount[], from: string, to: string): BookingCount[] {
  const filled: BookingCount[] = [];
  for (let monday = from; monday <= to; monday = addDays(monday, 7)) {
    filled.push(weeks.find(({ name }) => name === monday) ?? { ...sum([]), name: monday });
  }
  return filled;
}

function sum(counts: readonly BookingCount[]): BookingCount {
  const of = (key: Exclude<keyof BookingCount, 'name'>) =>
    counts.reduce((total, one) => total + one[key], 0);
  return {
    name: 'Cộng',
    requests: of('requests'),
    confirmed: of('confirmed'),
    cancelled: of('cancelled'),
    absent: of('absent'),
    agreed: of('agreed'),
    paid: of('paid'),
  };
}

function timeReplies(replies: readonly FirstReply[]): ReplyTimes {
  const promised = bookingRules.callback.minutes;
  const minutes = replies
    .flatMap(({ askedAt: from, repliedAt: to }) =>
      to === null ? [] : [countWorkingMinutes(bookingRules, holidays, { from, to })],
    )
    .toSorted((a, b) => a - b);
  return {
    answered: minutes.length,
    waiting: replies.length - minutes.length,
    median: minutes[Math.floor((minutes.length - 1) / 2)] ?? null,
    inTime: minutes.filter((one) => one <= promised).length,
    promised,
  };
}

/** "Tháng 11/2026". */
function nameMonth(month: string): string {
  const [year = '', number = ''] = month.split('-');
  return `Tháng ${Number(number)}/${year}`;
}

function nameService(id: string): string {
  return findService(id)?.name ?? id;
}

function nameWard(code: string): string {
  const ward = findWard(code);
  return ward === undefined ? code : wardName(ward);
}
