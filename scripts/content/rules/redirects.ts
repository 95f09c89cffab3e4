import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ContentFolder } from '../folder.ts';
import type { Problem } from '../problem.ts';
import { findShown } from '../shown.ts';

/** Old addresses of the site and where each leads now; the build copies it beside the pages. */
export const REDIRECTS_FILE = 'content/_redirects';

/** What the platform serves of one file. */
const MOST_LINES = 2000;

/** One line of `content/_redirects`. */
interface Redirect {
  line: number;
  words: readonly string[];
}

/** Every old address leads to a page that is always there, and stands in the way of none. */
export function checkRedirects(content: ContentFolder): Problem[] {
  const file = path.join(content.root, REDIRECTS_FILE);
  if (!existsSync(file)) return [];
  const redirects = readFileSync(file, 'utf8')
    .split('\n')
    .map((text, index) => ({ line: index + 1, words: text.trim().split(/\s+/) }))
    .filter(({ words: [first = ''] }) => first !== '' && !first.startsWith('#'));
  const known = new Set(redirects.map(({ words: [from = ''] }) => from));
  const seen = new Set<string>();
  return redirects.slice(0, MOST_LINES + 1).flatMap((redirect, index) => {
    const [from = ''] = redirect.words;
    const message =
      index === MOST_LINES
        ? `Nhiều quá ${MOST_LINES} dòng: bỏ bớt những địa chỉ ít người vào.`
        : seen.has(from)
          ? `Địa chỉ cũ "${from}" ghi hai lần: bỏ bớt một dòng.`
          : (findMistake(redirect, content) ?? findMissingTwin(from, known));
    seen.add(from);
    const at = { file: REDIRECTS_FILE, line: redirect.line, field: 'địa chỉ cũ' };
    return message === null ? [] : [{ ...at, message }];
  });
}

function findMistake(
  { words }: Redirect,
  { addresses, entries, facts }: ContentFolder,
): string | null {
  const [from = '', to = '', status] = words;
  const isWhole = /^\/[^\s*:]*$/.test(from) && to.startsWith('/') && status === '301';
  if (!isWhole || words.length !== 3)
    return 'Mỗi dòng ghi địa chỉ cũ, địa chỉ mới, 301, ví dụ "/bai-cu.html /tin-tuc/ 301". Địa chỉ bắt đầu bằng dấu /, không có * và dấu hai chấm.';
  if (addresses.has(from) || addresses.has(`${from}/`))
    return `Trang "${from}" đang có: bỏ dòng này, hoặc đổi tên trang.`;
  const [address = ''] = to.split(/[?#]/);
  if (!addresses.has(address))
    return `Không có trang "${address}": ghi địa chỉ của một trang đang có, có dấu / ở cuối.`;
  const target = entries.find((one) => one.address === address);
  const shown = target && findShown(target, facts);
  if (target && (!shown || shown.from !== '' || shown.until !== '9999'))
    return `Bài ${target.file} là bản nháp hoặc có giờ đăng, giờ gỡ: dẫn tới trang lúc nào cũng có.`;
  return null;
}

/** The platform takes `/cu` and `/cu/` for two addresses, people for one. */
function findMissingTwin(from: string, known: ReadonlySet<string>): string | null {
  if (!/^\/[^.]*[^./]$/.test(from) || known.has(`${from}/`)) return null;
  return `Thêm một dòng cho "${from}/": có người vào bằng địa chỉ có dấu / ở cuối.`;
}
