import { collections } from '../collections.ts';
import { findCollection } from '../entry.ts';
import { type ContentFolder, findServices, resolveFile } from '../folder.ts';
import { PHOTO_EXTENSIONS } from '../photo.ts';
import type { Problem } from '../problem.ts';
import { UNSUPPORTED_IMAGES } from './pictures.ts';

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const FOLDERS = collections.map(({ folder, file }) => (file ? `${folder}/${file}.mdx` : folder));

/** Files that a page reads or that another rule speaks of. */
const READ = [
  /^content\/(?:README\.md|_redirects)$/,
  /\.(?:mdx?|json)$/,
  /^content\/photos\/[^/]+\.(?:jpe?g|png|webp)$/,
  /^content\/(?:drawings|motifs)\/[^/]+\.svg$/,
  /^content\/video\/[^/]+\.(?:mp4|vtt|webp)$/,
  UNSUPPORTED_IMAGES,
  // Operating systems write these by themselves.
  /\/(?:\.[^/]*|Thumbs\.db|desktop\.ini)$/,
];

/** Endings that Notepad, phones and other programs give to prose, for example `bai.mdx.txt`. */
const ALMOST_PROSE = /(?:\.mdx?)?\.(?:mdx?|markdown|mdown|txt)$/i;

/** Prose is in a known folder under a name that can be an address, and each service has its page. */
export function checkNames(content: ContentFolder): Problem[] {
  return [...findMisplaced(content), ...findMisnamed(content), ...checkServicePages(content)];
}

/** No file lies where no page reads it. */
export function checkUnread({ files, entries }: ContentFolder): Problem[] {
  const pictures = new Set(
    entries.flatMap(({ file, prose }) => prose.nodes.map(({ url = '' }) => resolveFile(file, url))),
  );
  return [...files.keys()]
    .filter((file) => !pictures.has(file) && !READ.some((pattern) => pattern.test(file)))
    .map((file) => atName(file, sayWhereTo(file)));
}

function findMisplaced({ files, entries }: ContentFolder): Problem[] {
  const known = new Set(entries.map(({ file }) => file));
  return [...files.keys()]
    .filter((file) => /\.mdx?$/.test(file) && !known.has(file) && file !== 'content/README.md')
    .map((file) =>
      atName(file, `Tệp nằm sai chỗ nên không hiện trên trang. Chỗ đúng: ${FOLDERS.join(', ')}.`),
    );
}

function findMisnamed({ entries }: ContentFolder): Problem[] {
  return entries.flatMap(({ file, slug, collection }) => {
    const extension = file.endsWith('.mdx') ? 'mdx' : 'md';
    if (!collection.extensions.includes(extension)) {
      return [atName(file, `Đổi đuôi tệp thành .${collection.extensions[0]}.`)];
    }
    const message = `Tên tệp là địa chỉ trang: đổi thành "${toSlug(slug)}.${extension}".`;
    return SLUG.test(slug) ? [] : [atName(file, message)];
  });
}

function checkServicePages({ entries, facts }: ContentFolder): Problem[] {
  const ids = findServices(facts)?.map(({ id }) => id) ?? null;
  const services = facts.find(({ file }) => file === 'content/services.json');
  if (!services || ids === null) return [];
  const pages = entries.filter(({ collection }) => collection.name === 'services');
  const withoutPage = ids.flatMap((id, index) => {
    if (pages.some(({ slug }) => slug === id)) return [];
    const field = `services.${index}.id`;
    const message = `Dịch vụ "${id}" chưa có trang: tạo content/services/${id}.mdx.`;
    return [{ file: services.file, line: services.lineOf(field), field, message }];
  });
  const withoutService = pages
    .filter(({ slug }) => !ids.includes(slug))
    .map(({ file, slug }) =>
      atName(
        file,
        `Không có dịch vụ "${slug}" trong content/services.json: thêm vào đó hoặc đổi tên tệp.`,
      ),
    );
  return [...withoutPage, ...withoutService];
}

function sayWhereTo(file: string): string {
  const name = file.replace(/^.*\//, '');
  const bare = name.replace(ALMOST_PROSE, '');
  if (bare !== name && findCollection(file.replace(name, `${bare}.mdx`))) {
    return `Trang chỉ đọc bài có đuôi .mdx: đổi thành "${toSlug(bare)}.mdx".`;
  }
  if (!PHOTO_EXTENSIONS.test(name))
    return 'Không có trang nào đọc tệp này: đổi đuôi tệp cho đúng, hoặc để tệp ở ngoài thư mục content.';
  if (!file.startsWith('content/photos/'))
    return 'Không có trang nào tìm ảnh ở đây: chuyển ảnh vào content/photos.';
  if (/\.avif$/i.test(name)) return 'Trang không đọc ảnh .avif: xuất lại thành .jpg rồi thay tệp.';
  if (file.split('/').length > 3)
    return 'Ảnh nằm thẳng trong content/photos, không ở thư mục con: chuyển ra.';
  return `Đuôi tệp viết chữ thường: đổi thành "${name.toLowerCase()}".`;
}

function atName(file: string, message: string): Problem {
  return { file, line: 1, field: '(tên tệp)', message };
}

/** A name as it can stand in an address: no marks, small letters, dashes. */
export function toSlug(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
