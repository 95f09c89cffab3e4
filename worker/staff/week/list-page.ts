/** Rows of a list that a staff page shows at once. */
const ROWS = 50;
/** Pages that an address can name. */
const PAGES_MAX = 1_000;

/** The page of a list as an address names it, from 1; the first where it names none. */
export function readPage(text: string | undefined): number {
  const page = /^\d{1,4}$/.test(text ?? '') ? Number(text) : 1;
  return page >= 1 && page <= PAGES_MAX ? page : 1;
}

export function spanOf(page: number): { limit: number; offset: number } {
  return { limit: ROWS, offset: (page - 1) * ROWS };
}

/** The links from one page of a list to those beside it; null where there is none. `href` ends where the page's number stands. */
export function listPager<Name extends string>(
  name: Name,
  { total, page, href }: { total: number; page: number; href: string },
) {
  const last = Math.max(1, Math.ceil(total / ROWS));
  const linkTo = (other: number) => (other >= 1 && other <= last ? `${href}${other}` : null);
  return {
    [`${name}Range`]: last === 1 ? null : `trang ${page} trên ${last}`,
    [`${name}Earlier`]: linkTo(Math.min(page - 1, last)),
    [`${name}Later`]: linkTo(page + 1),
  } as Record<`${Name}Range` | `${Name}Earlier` | `${Name}Later`, string | null>;
}
