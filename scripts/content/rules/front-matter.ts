import { findContentIssues } from '../../../shared/content/parse-content.ts';
import { loadSchema } from '../collections.ts';
import type { Entry } from '../entry.ts';
import type { ContentFolder } from '../folder.ts';
import type { Problem } from '../problem.ts';
import { findRemedy } from '../yaml-lines.ts';

/** Every entry begins with a front matter that its schema takes. */
export async function checkFrontMatter({ entries }: ContentFolder): Promise<Problem[]> {
  return (await Promise.all(entries.map(checkEntry))).flat();
}

async function checkEntry({ file, collection, front, hasFront }: Entry): Promise<Problem[]> {
  if (!hasFront) return [{ file, line: 1, field: '(đầu tệp)', message: NO_FRONT }];
  if (front.error) {
    return [
      {
        file,
        line: front.error.line,
        field: '(đầu tệp)',
        message: findRemedy(front.error.code) ?? SYNTAX,
      },
    ];
  }
  const issues = findContentIssues(file, await loadSchema(collection), front.data);
  return issues.map((issue) => ({ ...issue, line: front.lineOf(issue.field) }));
}

const NO_FRONT =
  'Tệp phải mở đầu bằng dòng ---, rồi các mục title, description…, rồi một dòng --- nữa.';
const SYNTAX =
  'Không đọc được phần giữa hai dòng ---. Mỗi mục viết "tên: nội dung"; nội dung có dấu hai chấm thì đặt trong dấu nháy đơn.';
