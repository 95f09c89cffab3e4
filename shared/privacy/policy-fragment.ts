/** Stands before the words that a publication freezes. */
export const DRAFT_START = '<!--ban-nhap-->';
/** Stands after the words that a publication freezes. */
export const DRAFT_END = '<!--het-ban-nhap-->';

/** A rendered policy as it is frozen: without the marks that the build leaves for its stylesheets. */
export function cleanFragment(html: string): string {
  const bare = html
    .replace(/ data-astro-cid-[a-z0-9]+(="[^"]*")?/g, '')
    .replace(/<!--[^]*?-->/g, '');
  return `${bare.trim()}\n`;
}

/** What a built page holds between the marks, as it is frozen; null where the marks are missing. */
export function extractDraft(page: string): string | null {
  const start = page.indexOf(DRAFT_START);
  const end = page.indexOf(DRAFT_END);
  return start < 0 || end < start
    ? null
    : cleanFragment(page.slice(start + DRAFT_START.length, end));
}

/** Stands before the frozen words on the page of a version. */
export const FROZEN_START = '<!--ban-cong-bo-->';
/** Stands after them. */
export const FROZEN_END = '<!--het-ban-cong-bo-->';

/** The frozen words on a version's page, byte by byte what was hashed; null where the marks are missing. */
export function extractFrozen(page: string): string | null {
  const start = page.indexOf(FROZEN_START);
  const end = page.indexOf(FROZEN_END);
  return start < 0 || end < start ? null : page.slice(start + FROZEN_START.length, end);
}
