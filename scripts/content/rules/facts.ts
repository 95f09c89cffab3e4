import { findContentIssues } from '../../../shared/content/parse-content.ts';
import { factsFiles } from '../facts.ts';
import type { ContentFolder } from '../folder.ts';
import type { Problem } from '../problem.ts';
import { findRemedy } from '../yaml-lines.ts';

/** Facts are valid JSON, hold what their schema asks for, and all of them are there. */
export function checkFacts({ facts, files }: ContentFolder): Problem[] {
  const missing = Object.keys(factsFiles)
    .filter((file) => !files.has(file))
    .map((file) => ({
      file,
      line: 1,
      field: '(cả tệp)',
      message: 'Thiếu tệp này: lấy lại từ Git.',
    }));
  const wrong = facts.flatMap(({ file, data, lineOf, syntax, error }) => {
    const schema = factsFiles[file];
    if (schema === undefined) {
      const message = `Không có trang nào đọc tệp này. Sửa một trong: ${Object.keys(factsFiles).join(', ')}.`;
      return [{ file, line: 1, field: '(cả tệp)', message }];
    }
    if (syntax) return [{ file, line: syntax.line, field: '(cú pháp)', message: SYNTAX }];
    if (error?.code === 'DUPLICATE_KEY') {
      return [
        { file, line: error.line, field: '(cú pháp)', message: findRemedy(error.code) ?? SYNTAX },
      ];
    }
    return findContentIssues(file, schema, data).map((issue) => ({
      ...issue,
      line: lineOf(issue.field),
    }));
  });
  return [...missing, ...wrong];
}

const SYNTAX =
  'Sai cú pháp JSON ở gần dòng này: xem lại dấu phẩy giữa các mục (mục cuối không có), dấu ngoặc kép và dấu ngoặc đóng.';
