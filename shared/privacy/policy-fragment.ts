/** Marks around the words of a draft policy that a publication freezes. */
export const DRAFT_START = '<!--ban-nhap-->';
export const DRAFT_END = '<!--het-ban-nhap-->';

/** A rendered policy as it is frozen: without Astro's scope attributes and without comments, with one line break at the end. */
export function cleanFragment(html: string): string {
  const bare = html
    .replace(/ data-astro-cid-[a-z0-9]+(="[^"]*")?/g, '')
    .replace(/<!--[^]*?-->/g, '');
  return `${bare.trim()}\n`;
}

/** The draft on a built page, as it is frozen; null where the marks are missing. */
export function extractDraft(page: string): string | null {
  const start = page.indexOf(DRAFT_START);
  const end = page.indexOf(DRAFT_END);
  return start < 0 || end < start
    ? null
    : cleanFragment(page.slice(start + DRAFT_START.length, end));
}

/** Marks around the frozen words on the page of a published version. */
export const FROZEN_START = '<!--ban-cong-bo-->';
export const FROZEN_END = '<!--het-ban-cong-bo-->';

/** The frozen text from the page of a version, byte by byte what was hashed; null where the marks are missing. */
export function extractFrozen(page: string): string | null {
  const start = page.indexOf(FROZEN_START);
  const end = page.indexOf(FROZEN_END);
  return start < 0 || end < start ? null : page.slice(start + FROZEN_START.length, end);
}
