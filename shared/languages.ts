/** The languages in which people can write to the company. Everything but the English page and its answers is Vietnamese. */
export const languages = ['vi', 'en'] as const;

export type Language = (typeof languages)[number];

/** The page for readers of English, where content/en.mdx has one. */
export const ENGLISH_PATH = '/en/';

export function isLanguage(text: string | undefined): text is Language {
  const known: readonly (string | undefined)[] = languages;
  return known.includes(text);
}

/** The language of a page, by its path. */
export function languageOf(path: string): Language {
  return /^\/(?:khung\/)?en\//.test(path) ? 'en' : 'vi';
}
