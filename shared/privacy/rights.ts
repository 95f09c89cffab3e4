import { legalDeadlines } from './register.ts';
import { addDays, addWorkingDays, toVietnamDate, type HolidayDates } from '../time.ts';

export const rightKinds = ['see', 'correct', 'withdraw', 'erase'] as const;

export type RightKind = (typeof rightKinds)[number];

/** What a person asks for, as their own page names it. */
export const rightNames: Readonly<Record<RightKind, string>> = {
  see: 'Tải bản sao',
  correct: 'Sửa thông tin',
  withdraw: 'Rút đồng ý',
  erase: 'Xóa thông tin',
};

/** The days, YYYY-MM-DD, by which a request must be replied to first and must be met. */
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
