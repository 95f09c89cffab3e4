import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { PRIVACY_POLICY } from '../../shared/privacy/policies.ts';
import { htmlToText } from '../../shared/text.ts';
import { reviewDocument, reviewedVersion } from '../reviewed-policy.ts';
import { DIST } from './site.ts';

const page =
  reviewedVersion === undefined
    ? ''
    : readFileSync(
        path.join(DIST, 'chinh-sach', PRIVACY_POLICY, String(reviewedVersion), 'index.html'),
        'utf8',
      );

/** The rows of the table in the document, cell by cell. */
const rows = reviewDocument
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
  .map(([source = '', item = '', heading = '', words = '']) => ({ source, item, heading, words }));

/** What stands under a heading: up to the next one of its depth or higher. */
function sectionOf(heading: string): string | null {
  for (const [whole, depth = '', inner = ''] of page.matchAll(/<h([23])[^>]*>([^]*?)<\/h\1>/g)) {
    if (htmlToText(inner) !== heading) continue;
    const rest = page.slice(page.indexOf(whole) + whole.length);
    const end = rest.search(depth === '3' ? /<h[23][ >]/ : /<h2[ >]/);
    return htmlToText(end < 0 ? rest : rest.slice(0, end));
  }
  return null;
}

describe.skipIf(page === '')('the policy on personal data that was reviewed', () => {
  test('has every item of the list', () => {
    expect(rows).toHaveLength(36);
    expect(rows.filter(({ source }) => source.startsWith('Nghị định 248'))).toHaveLength(12);
  });

  test.each(rows)('$source: $item', ({ heading, words }) => {
    const section = sectionOf(heading);
    if (section === null) throw new Error(`Trang không có tiêu đề "${heading}"`);
    const wanted = words.split(';').map((one) => one.trim());
    const folded = section.toLowerCase();
    const missing = wanted.filter((one) => !folded.includes(one.toLowerCase()));
    expect([heading, missing]).toEqual([heading, []]);
  });

  test('leaves no heading of the page without a row, but for the summary and the views', () => {
    const headings = Array.from(page.matchAll(/<h2 id="[^"]+"[^>]*>([^]*?)<\/h2>/g), ([, text]) =>
      htmlToText(text ?? ''),
    );
    const around = ['Tóm tắt', 'Trong trang này', 'Các bản khác', 'Chính sách khác'];
    const named = rows.map(({ heading }) => heading);
    expect(headings.filter((one) => ![...around, ...named].includes(one))).toEqual([]);
  });
});
