import type { PageNotice } from '../wording/outcomes.ts';
import { hotline } from '../../shared/content/catalogue.ts';
import type { TryLimit } from '../store/limits.ts';

/** What can be asked for any number of times, and the words for having done so. */
const repeatable = {
  see: 'tải bản sao',
  correct: 'sửa thông tin',
  report: 'báo',
} as const;

/** Corrections, copies and reports of one record in a day: each leaves rows, and most of them mail staff. */
const TIMES_A_DAY = 10;

type Repeatable = keyof typeof repeatable;

export function dailyLimit(kind: Repeatable, code: string): TryLimit & { kind: Repeatable } {
  return { kind, name: `${kind}:${code}`, limit: TIMES_A_DAY, span: 'day' };
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
