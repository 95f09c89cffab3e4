import { legalDeadlines } from './register.ts';
import { addDays, addWorkingDays, toVietnamDate, type HolidayDates } from '../time.ts';

/** What a person can ask for about their data. */
export const rightKinds = ['see', 'correct', 'withdraw', 'erase'] as const;

/** Something that a person asks for about their data. */
export type RightKind = (typeof rightKinds)[number];

/** What a person asked for, as the page names it. */
export const rightNames: Readonly<Record<RightKind, string>> = {
  see: 'Tải bản sao',
  correct: 'Sửa thông tin',
  withdraw: 'Rút đồng ý',
  erase: 'Xóa thông tin',
};

/** The days of a request's legal clock: of the first reply in working days, of the request itself in calendar days. */
export function rightDays(
  kind: RightKind,
  askedAt: Date,
  holidays: HolidayDates,
): { firstReplyDue: string; dueOn: string } {
  const today = toVietnamDate(askedAt);
  const { days } = kind === 'correct' ? legalDeadlines.see : legalDeadlines[kind];
  return {
    firstReplyDue: addWorkingDays(today, legalDeadlines.firstReply.workingDays, holidays),
    dueOn: addDays(today, days),
  };
}
