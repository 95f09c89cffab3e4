import type { Entry } from '../entry.ts';
import type { ContentFolder } from '../folder.ts';
import { lineOf, wordsOf } from '../prose.ts';
import type { Problem } from '../problem.ts';
import { toSlug } from './places.ts';

/** Links and pictures lead to something: a page, a heading of this page, a file, or another site over https. */
export function checkLinks({ entries, addresses, files }: ContentFolder): Problem[] {
  return entries.flatMap((entry) =>
    entry.prose.nodes.flatMap((node): Problem[] => {
      const { url = '' } = node;
      const at = { file: entry.file, line: lineOf(node), field: 'nội dung' };
      if (node.type === 'link') {
        const message = findLinkMistake(url, entry, addresses);
        return message === null ? [] : [{ ...at, message }];
      }
      if (node.type !== 'image' || files.has(resolve(entry.file, url))) return [];
      return [{ ...at, message: `Không có tệp ảnh "${url}": xem lại tên và thư mục.` }];
    }),
  );
}

function findLinkMistake(url: string, entry: Entry, addresses: ReadonlySet<string>): string | null {
  if (/^(?:https:|mailto:)/.test(url)) return null;
  if (/^tel:/.test(url)) return 'Không gõ số điện thoại vào bài: dùng <Hotline />.';
  if (url.startsWith('#')) {
    const slugs = entry.prose.nodes.filter(({ type }) => type === 'heading').map(wordsOf).map(toSlug);
    const known = slugs.includes(toSlug(decodeURIComponent(url.slice(1))));
    return known ? null : `Trong bài không có đề mục nào cho liên kết "${url}".`;
  }
  if (!url.startsWith('/')) return `Liên kết "${url}" chưa đúng: trang của mình viết từ dấu /, trang khác viết đủ https://.`;
  const [address = ''] = url.split(/[?#]/);
  if (addresses.has(address)) return null;
  if (addresses.has(`${address}/`)) return `Thêm dấu / ở cuối liên kết: "${address}/".`;
  return `Không có trang "${address}": xem lại địa chỉ, hoặc trang đó đã đổi tên.`;
}

function resolve(file: string, url: string): string {
  if (url.startsWith('/content/')) return url.slice(1);
  const parts = file.split('/').slice(0, -1);
  for (const step of decodeURIComponent(url).split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '.') parts.push(step);
  }
  return parts.join('/');
}
