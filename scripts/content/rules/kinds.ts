import { findCollection } from '../entry.ts';
import { type ContentFolder, resolveFile } from '../folder.ts';
import type { Problem } from '../problem.ts';
import { FOREIGN_IMAGES, IMAGE_FILES } from './images.ts';
import { toSlug } from './places.ts';

/** What pages look for, by folder; prose, facts and pictures of other makes have rules of their own. */
const READ = [
  /^content\/README\.md$/,
  /\.(?:mdx?|json)$/,
  /^content\/photos\/[^/]+\.(?:jpe?g|png|webp)$/,
  /^content\/(?:drawings|motifs)\/[^/]+\.svg$/,
  /^content\/video\/[^/]+\.(?:mp4|vtt|webp)$/,
  FOREIGN_IMAGES,
  // What systems leave in a folder by themselves.
  /\/(?:\.[^/]*|Thumbs\.db|desktop\.ini)$/,
];

/** Prose under an ending that no page reads: what Notepad, phones and other programs make of it. */
const ALMOST_PROSE = /(?:\.mdx?)?\.(?:mdx?|markdown|mdown|txt)$/i;

/** No file lies where nobody reads it: what was meant for the site would be missed without a word. */
export function checkKinds({ files, entries }: ContentFolder): Problem[] {
  const pictures = new Set(
    entries.flatMap(({ file, prose }) => prose.nodes.map(({ url = '' }) => resolveFile(file, url))),
  );
  return [...files.keys()]
    .filter((file) => !pictures.has(file) && !READ.some((pattern) => pattern.test(file)))
    .map((file) => ({ file, line: 1, field: '(tên tệp)', message: toSentence(file) }));
}

function toSentence(file: string): string {
  const name = file.replace(/^.*\//, '');
  const bare = name.replace(ALMOST_PROSE, '');
  if (bare !== name && findCollection(file.replace(name, `${bare}.mdx`))) {
    return `Trang chỉ đọc bài có đuôi .mdx: đổi thành "${toSlug(bare)}.mdx".`;
  }
  if (IMAGE_FILES.test(name)) return toPictureSentence(file, name);
  return 'Không có trang nào đọc tệp này: đổi đuôi tệp cho đúng, hoặc để tệp ở ngoài thư mục content.';
}

function toPictureSentence(file: string, name: string): string {
  if (!file.startsWith('content/photos/'))
    return 'Không có trang nào tìm ảnh ở đây: chuyển ảnh vào content/photos.';
  if (/\.avif$/i.test(name)) return 'Trang không đọc ảnh .avif: xuất lại thành .jpg rồi thay tệp.';
  if (file.split('/').length > 3)
    return 'Ảnh nằm thẳng trong content/photos, không ở thư mục con: chuyển ra.';
  return `Đuôi tệp viết chữ thường: đổi thành "${name.toLowerCase()}".`;
}
