import { existsSync } from 'node:fs';
import path from 'node:path';
import type { GenericSchema } from 'valibot';
import { PRIVACY_POLICY } from '../../../shared/privacy/policies.ts';
import { findContentIssues } from '../../../shared/content/parse-content.ts';
import { loadSchema } from '../collections.ts';
import type { Entry } from '../entry.ts';
import { factsFiles } from '../facts.ts';
import type { ContentFolder } from '../folder.ts';
import type { Problem } from '../problem.ts';
import { readGrouped } from '../../editor/grouped-number.mjs';
import { type LinedData, findRemedy } from '../yaml-lines.ts';

const JSON_SYNTAX =
  'Sai cú pháp JSON ở gần dòng này: xem lại dấu phẩy giữa các mục (mục cuối không có), dấu ngoặc kép và dấu ngoặc đóng.';
/** A number with marks between its thousands, as the value of a JSON field. */
const MARKED_VALUE = /:\s*(\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+)\s*,?\s*$/;
const NO_FRONT_MATTER =
  'Tệp phải mở đầu bằng dòng ---, rồi các mục title, description…, rồi một dòng --- nữa.';
const YAML_SYNTAX =
  'Không đọc được phần giữa hai dòng ---. Mỗi mục viết "tên: nội dung"; nội dung có dấu hai chấm thì đặt trong dấu nháy đơn.';

/** All facts files exist, are valid JSON and fit their schema. */
export function checkFacts({ facts, files }: ContentFolder): Problem[] {
  const missing = Object.keys(factsFiles)
    .filter((file) => !files.has(file))
    .map((file) => atFile(file, 'Thiếu tệp này: lấy lại từ Git.'));
  const wrong = facts.flatMap((one) => {
    const { file, text, syntax, error } = one;
    const schema = factsFiles[file];
    if (schema === undefined) {
      const names = Object.keys(factsFiles).join(', ');
      return [atFile(file, `Không có trang nào đọc tệp này. Sửa một trong: ${names}.`)];
    }
    const at = { file, field: '(cú pháp)' };
    if (syntax) return [{ ...at, line: syntax.line, message: saySyntax(text, syntax.line) }];
    if (error?.code === 'DUPLICATE_KEY') {
      return [{ ...at, line: error.line, message: findRemedy(error.code) ?? JSON_SYNTAX }];
    }
    return findMistakes(one, schema);
  });
  return [...missing, ...wrong];
}

function atFile(file: string, message: string): Problem {
  return { file, line: 1, field: '(cả tệp)', message };
}

/** Every entry begins with a front matter that fits its schema. */
export async function checkFrontMatter({ entries }: ContentFolder): Promise<Problem[]> {
  return (await Promise.all(entries.map(checkEntry))).flat();
}

async function checkEntry({ file, collection, front, hasFront }: Entry): Promise<Problem[]> {
  const at = { file, field: '(đầu tệp)' };
  if (!hasFront) return [{ ...at, line: 1, message: NO_FRONT_MATTER }];
  if (front.error) {
    const message = findRemedy(front.error.code) ?? YAML_SYNTAX;
    return [{ ...at, line: front.error.line, message }];
  }
  return findMistakes({ ...front, file }, await loadSchema(collection));
}

/** What is wrong with the fields of a file. Of a number typed with marks only that is said: what it was read as is not meant. */
function findMistakes(
  { file, data, lineOf, markedNumbers }: LinedData & { file: string },
  schema: GenericSchema,
): Problem[] {
  const marked = markedNumbers.map(({ text, ...at }) => ({
    ...at,
    file,
    message: sayMarked(text),
  }));
  const issues = findContentIssues(file, schema, data).filter(
    ({ field }) => !marked.some((one) => one.field === field),
  );
  return [...marked, ...issues.map((issue) => ({ ...issue, line: lineOf(issue.field) }))];
}

function sayMarked(typed: string): string {
  const meant = readGrouped(typed);
  if (meant === null) return `Ghi số nguyên, viết liền các chữ số: "${typed}" không phải.`;
  return `Có phải ${typed} không? Viết liền, không dấu chấm: ${meant}. Ghi "${typed}" thì máy đọc thành ${Number(typed)}.`;
}

/** A number with more marks than one is no JSON: "1.200.000", "35,000". */
function saySyntax(text: string, line: number): string {
  // The parser may name the line after the one that it could not read.
  const near = text.split('\n').slice(Math.max(0, line - 2), line);
  const typed = near.flatMap((one) => MARKED_VALUE.exec(one)?.[1] ?? []).at(-1);
  return typed === undefined
    ? JSON_SYNTAX
    : `Số viết liền, không dấu chấm, không dấu phẩy: ${typed} viết là ${readGrouped(typed)}.`;
}

/** A policy that forms refer to or that was published has its page: it is no draft any more. */
export function checkPolicyDrafts({ root, entries }: ContentFolder): Problem[] {
  return entries.flatMap(({ file, slug, collection, front }): Problem[] => {
    const { draft } = front.data as Record<string, unknown>;
    if (collection.name !== 'policies' || draft !== true) return [];
    const isPublished = existsSync(path.join(root, 'content/policies/published', slug));
    if (slug !== PRIVACY_POLICY && !isPublished) return [];
    const message =
      'Chính sách này phải có trang: ghi draft: false. Lời mới vẫn chờ công bố mới có hiệu lực.';
    return [{ file, line: front.lineOf('draft'), field: 'draft', message }];
  });
}

/** updatedDate is not before pubDate, nor expireAt before publishAt. */
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
