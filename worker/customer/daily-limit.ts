import { hotline } from '../../shared/content/catalogue.ts';
import type { ActionOutcome } from '../records/booking-action.ts';
import { returnTries, takeTry, type TryLimit } from '../store/limits.ts';
import type { AppContext } from '../web/context.ts';
import type { FormNotice, PageNotice } from '../wording/outcomes.ts';

/** What can be asked for any number of times, and the words for having done so. */
const repeatable = {
  see: 'tải bản sao',
  correct: 'sửa thông tin',
  plan: 'đổi lịch',
  report: 'báo',
  reschedule: 'đổi giờ',
  rate: 'đánh giá',
} as const;

/** Times that each can be done of one record in a day: each leaves rows, and most of them mail staff. */
const TIMES_A_DAY = 10;

type Repeatable = keyof typeof repeatable;

export function dailyLimit(kind: Repeatable, code: string): TryLimit & { kind: Repeatable } {
  return { kind, name: `${kind}:${code}`, limit: TIMES_A_DAY, span: 'day' };
}

/** Runs what can be done so many times of a record in a day; what was not done is not counted. */
export async function runWithinDay(
  c: AppContext,
  limit: ReturnType<typeof dailyLimit>,
  run: () => Promise<ActionOutcome | FormNotice>,
): Promise<ActionOutcome | FormNotice> {
  const { now } = c.var;
  if (!(await takeTry(c.env.DB, { ...limit, now }))) return tooManyToday(limit);
  const outcome = await run();
  if (outcome !== 'done') await returnTries(c.env.DB, [limit], now);
  return outcome;
}

/** The sentence where a day's limit is reached. */
export function tooManyToday({
  kind,
}: {
  kind: Repeatable;
}): Required<Pick<PageNotice, 'notice' | 'status'>> {
  return {
    status: 429,
    notice: `Hôm nay đã ${repeatable[kind]} ${TIMES_A_DAY} lần. Anh/chị làm tiếp vào ngày mai, hoặc gọi ${hotline} và đọc mã.`,
  };
}
