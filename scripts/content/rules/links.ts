import type { Entry } from '../entry.ts';
import { type ContentFolder, decodeAddress, resolveFile } from '../folder.ts';
import { type ProseNode, lineOf, wordsOf } from '../prose.ts';
import type { Problem } from '../problem.ts';
import { findShown } from '../shown.ts';
import { toSlug } from './files.ts';

/** A link in an entry's body. */
interface Link {
  url: string;
  from: Entry;
  content: ContentFolder;
  now: Date;
}

/** Links and pictures lead to a page, a heading or a file that is there for as long as they are, or to another site over https. */
export function checkLinks(content: ContentFolder, now: Date): Problem[] {
  return content.entries.flatMap((from) =>
    from.prose.nodes.flatMap((node): Problem[] => {
      const { url = '' } = node;
      const message = isPicture(node, from)
        ? findPictureMistake(url, from, content)
        : isLink(node)
          ? findLinkMistake({ url, from, content, now })
          : null;
      const at = { file: from.file, line: lineOf(node), field: 'nội dung' };
      return message === null ? [] : [{ ...at, message }];
    }),
  );
}

/** What an answer of /hoi-dap/ rests on is a page that is there. */
export function checkAnswers({ facts, addresses }: ContentFolder): Problem[] {
  return facts.flatMap(({ file, texts }) =>
    texts
      .filter(({ field }) => /^questions\.answers\.\d+\.page$/.test(field))
      .filter(({ text }) => text.startsWith('/') && !addresses.has(text))
      .map(({ text, ...at }) => ({
        file,
        ...at,
        message: `Không có trang "${text}": xem lại địa chỉ, hoặc trang đó đã đổi tên.`,
      })),
  );
}

/** A definition is what `[words][name]` or `![words][name]` points to. */
function isPicture({ type, identifier }: ProseNode, { prose }: Entry): boolean {
  if (type !== 'definition') return type === 'image';
  return prose.nodes.some((one) => one.type === 'imageReference' && one.identifier === identifier);
}

function isLink({ type }: ProseNode): boolean {
  return type === 'link' || type === 'definition';
}

function findPictureMistake(url: string, from: Entry, { files }: ContentFolder): string | null {
  if (/^https?:/.test(url))
    return 'Ảnh phải nằm trong thư mục của bài: tải về, đặt cạnh bài rồi ghi tên tệp.';
  return files.has(resolveFile(from.file, url))
    ? null
    : `Không có tệp ảnh "${url}": xem lại tên và thư mục.`;
}

function findLinkMistake(link: Link): string | null {
  const { url, from, content } = link;
  if (content.origin !== '' && `${url}/`.startsWith(`${content.origin}/`)) {
    return `Trang của mình viết từ dấu /: "${url.slice(content.origin.length) || '/'}".`;
  }
  if (/^https:\/\/(?:www\.)?(?:zalo|wa)\.me\/\+?\d/.test(url)) {
    return 'Đường dẫn này có số điện thoại: dùng <Hotline />, hoặc dẫn tới trang Liên hệ.';
  }
  if (/^(?:https:|mailto:)/.test(url)) return null;
  if (/^tel:/.test(url)) return 'Không gõ số điện thoại vào bài: dùng <Hotline />.';
  if (url.startsWith('#')) {
    return hasHeading(from, url.slice(1))
      ? null
      : `Trong bài không có đề mục nào cho đường dẫn "${url}".`;
  }
  if (!url.startsWith('/'))
    return `Đường dẫn "${url}" chưa đúng: trang của mình viết từ dấu /, trang khác viết đủ https://.`;
  return findTargetMistake(link);
}

function findTargetMistake(link: Link): string | null {
  const { url } = link;
  const { addresses, entries } = link.content;
  const [address = ''] = url.split(/[?#]/);
  if (!addresses.has(address)) {
    if (addresses.has(`${address}/`)) return `Thêm dấu / ở cuối đường dẫn: "${address}/".`;
    return `Không có trang "${address}": xem lại địa chỉ, hoặc trang đó đã đổi tên.`;
  }
  const target = entries.find((one) => one.address === url || one.address === address);
  if (!hasTarget(link, address, target))
    return `Trang "${address}" không có đề mục "${url.split('#')[1]}".`;
  return target ? findHourMistake(target, link) : null;
}

/** A page made from facts may have the heading: only the build, which follows every link, can say. */
function hasTarget({ url, content }: Link, address: string, target: Entry | undefined): boolean {
  const [, heading = ''] = url.split('#');
  if (heading === '' || content.ids.has(heading)) return true;
  if (target) return target.address === url || hasHeading(target, heading);
  return !content.entries.some((one) => one.address.startsWith(`${address}#`));
}

/** A link to a page that is not shown at some hour makes the build of that hour fail. */
function findHourMistake(target: Entry, { from, now, content }: Link): string | null {
  const [here, there] = [findShown(from, content.facts), findShown(target, content.facts)];
  if (here === null || here.until <= now.toISOString()) return null;
  const name = `Bài ${target.file}`;
  if (there === null)
    return `${name} còn là bản nháp nên không có trang: bỏ đường dẫn, hoặc đăng bài ấy trước.`;
  const begin = here.from > now.toISOString() ? here.from : now.toISOString();
  if (there.from > begin)
    return `${name} đến giờ publishAt mới có trang: bỏ đường dẫn, hoặc hẹn giờ đăng bài này sau bài ấy.`;
  if (there.until < here.until)
    return `${name} có giờ gỡ (expireAt), lúc ấy đường dẫn này hỏng: bỏ đường dẫn, hoặc bỏ expireAt của bài ấy.`;
  return null;
}

function hasHeading({ prose }: Entry, heading: string): boolean {
  const slugs = prose.nodes
    .filter(({ type }) => type === 'heading')
    .map(wordsOf)
    .map(toSlug);
  return slugs.includes(toSlug(decodeAddress(heading)));
}
