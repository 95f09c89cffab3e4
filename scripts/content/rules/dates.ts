import type { ContentFolder } from '../folder.ts';
import type { Problem } from '../problem.ts';

/** Dates of an entry come one after the other: posted, then changed; shown, then taken away. */
export function checkDates({ entries }: ContentFolder): Problem[] {
  return entries.flatMap(({ file, front }) => {
    const data = front.data as Record<string, unknown>;
    const before = (field: string, other: string, message: string): Problem[] => {
      const [a, b] = [data[field], data[other]];
      const wrong = typeof a === 'string' && typeof b === 'string' && a < b;
      return wrong ? [{ file, line: front.lineOf(field), field, message }] : [];
    };
    return [
      ...before('updatedDate', 'pubDate', 'Ngày sửa (updatedDate) đang trước ngày đăng (pubDate).'),
      ...before('expireAt', 'publishAt', 'Lúc gỡ bài (expireAt) đang trước lúc đăng (publishAt).'),
    ];
  });
}
