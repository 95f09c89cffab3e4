/** Folders that crawlers leave out: pages that the Worker fills, answers of forms, the editor. None of them is a search result. */
export const unlistedFolders = [
  '/admin/',
  '/api/',
  '/don/',
  '/khung/',
  '/tim-kiem/',
  '/viec/',
] as const;

/** Pages that are listed nowhere though crawlers may read them: the one for errors, and a policy's numbered versions. */
const UNLISTED_PAGE = /^\/(?:404(?:\.html)?|chinh-sach\/[^/]+\/\d+)\/?$/;

/** Whether a page is left out of sitemap, search and search engines; by its path from the start, so that an article may have any name. */
export function isUnlisted(path: string): boolean {
  return unlistedFolders.some((folder) => path.startsWith(folder)) || UNLISTED_PAGE.test(path);
}
