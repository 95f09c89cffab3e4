import type { GenericSchema } from 'valibot';

/** A kind of entry under content/: one file each, front matter checked by a valibot schema. */
export interface Collection {
  name: string;
  /** What editors call it, in the plural and in the singular. */
  label: string;
  singular: string;
  /** Path from the project's folder. */
  folder: string;
  /** Its only file, without the ending, where the collection is a single page. */
  file?: string;
  extensions: readonly ('md' | 'mdx')[];
  /** Key of the schema in shared/content/entries.ts or shared/content/gallery.ts. */
  schema:
    | 'NewsSchema'
    | 'ServicePageSchema'
    | 'PolicySchema'
    | 'AlbumSchema'
    | 'VideoSchema'
    | 'AboutSchema'
    | 'LetterSchema'
    | 'EnglishSchema';
  /** Address of an entry, from its slug; a letter has no page, and what it says here is only its own. */
  address: (slug: string) => string;
}

/** The kinds of prose that editors write. */
export const collections: readonly Collection[] = [
  {
    name: 'news',
    label: 'Bài viết',
    singular: 'bài viết',
    folder: 'content/news',
    extensions: ['md', 'mdx'],
    schema: 'NewsSchema',
    address: (slug) => `/tin-tuc/${slug}/`,
  },
  {
    name: 'services',
    label: 'Trang dịch vụ',
    singular: 'trang dịch vụ',
    folder: 'content/services',
    extensions: ['mdx'],
    schema: 'ServicePageSchema',
    address: (slug) => `/dich-vu/${slug}/`,
  },
  {
    name: 'policies',
    label: 'Chính sách',
    singular: 'chính sách',
    folder: 'content/policies',
    extensions: ['mdx'],
    schema: 'PolicySchema',
    address: (slug) => `/chinh-sach/${slug}/`,
  },
  {
    name: 'album',
    label: 'Album',
    singular: 'nhóm hình',
    folder: 'content/album',
    extensions: ['mdx'],
    schema: 'AlbumSchema',
    address: (slug) => `/album/#${slug}`,
  },
  {
    name: 'video',
    label: 'Video',
    singular: 'phim',
    folder: 'content/video',
    extensions: ['mdx'],
    schema: 'VideoSchema',
    address: (slug) => `/video/#${slug}`,
  },
  {
    name: 'about',
    label: 'Giới thiệu',
    singular: 'trang giới thiệu',
    folder: 'content',
    file: 'about',
    extensions: ['mdx'],
    schema: 'AboutSchema',
    address: () => '/gioi-thieu/',
  },
  {
    name: 'letters',
    label: 'Bản tin',
    singular: 'bản tin',
    folder: 'content/letters',
    extensions: ['mdx'],
    schema: 'LetterSchema',
    address: (slug) => `letter:${slug}`,
  },
  {
    name: 'english',
    label: 'Trang tiếng Anh',
    singular: 'trang tiếng Anh',
    folder: 'content',
    file: 'en',
    extensions: ['mdx'],
    schema: 'EnglishSchema',
    address: () => '/en/',
  },
];

/** Loads the schema of a collection's front matter. Importing it throws while the facts are wrong. */
export async function loadSchema({ schema }: Collection): Promise<GenericSchema> {
  const entries = await import('../../shared/content/entries.ts');
  const english = await import('../../shared/content/english.ts');
  const letters = await import('../../shared/content/letters.ts');
  const gallery = await import('../../shared/content/gallery.ts');
  return { ...entries, ...english, ...letters, ...gallery }[schema];
}
