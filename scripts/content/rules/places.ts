import { collections } from '../collections.ts';
import type { ContentFolder } from '../folder.ts';
import type { Problem } from '../problem.ts';

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const FOLDERS = collections.map(({ folder, file }) => (file ? `${folder}/${file}.mdx` : folder));

/** Prose is in a known folder under a name that can be an address, and each service has its page. */
export function checkPlaces({ files, entries, facts }: ContentFolder): Problem[] {
  const at = (file: string, message: string) => ({ file, line: 1, field: '(tên tệp)', message });
  const known = new Set(entries.map(({ file }) => file));
  const lost = [...files.keys()]
    .filter((file) => /\.mdx?$/.test(file) && !known.has(file) && file !== 'content/README.md')
    .map((file) =>
      at(file, `Tệp nằm sai chỗ nên không hiện trên trang. Chỗ đúng: ${FOLDERS.join(', ')}.`),
    );
  const named = entries.flatMap(({ file, slug, collection }) => {
    const extension = file.endsWith('.mdx') ? 'mdx' : 'md';
    if (!collection.extensions.includes(extension)) {
      return [at(file, `Đổi đuôi tệp thành .${collection.extensions[0]}.`)];
    }
    return SLUG.test(slug)
      ? []
      : [at(file, `Tên tệp là địa chỉ trang: đổi thành "${toSlug(slug)}.${extension}".`)];
  });
  return [...lost, ...named, ...checkServicePages({ entries, facts })];
}

function checkServicePages({
  entries,
  facts,
}: Pick<ContentFolder, 'entries' | 'facts'>): Problem[] {
  const file = facts.find((one) => one.file === 'content/services.json');
  const list = (file?.data as { services?: { id?: string }[] } | undefined)?.services;
  if (!file || !Array.isArray(list)) return [];
  const ids = list.map(({ id }) => id ?? '');
  const pages = entries.filter(({ collection }) => collection.name === 'services');
  const withoutPage = ids.flatMap((id, index) =>
    pages.some(({ slug }) => slug === id)
      ? []
      : [
          {
            file: file.file,
            line: file.lineOf(`services.${index}.id`),
            field: `services.${index}.id`,
            message: `Dịch vụ "${id}" chưa có trang: tạo content/services/${id}.mdx.`,
          },
        ],
  );
  const withoutService = pages
    .filter(({ slug }) => !ids.includes(slug))
    .map((page) => ({
      file: page.file,
      line: 1,
      field: '(tên tệp)',
      message: `Không có dịch vụ "${page.slug}" trong content/services.json: thêm vào đó hoặc đổi tên tệp.`,
    }));
  return [...withoutPage, ...withoutService];
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
