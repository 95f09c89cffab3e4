import { areas } from '../../shared/content/catalogue.ts';
import { finder, type SearchEntry } from '../../shared/search-index.ts';

/** Most characters of text in the whole index, which the Worker keeps in memory. */
const TEXT_MAX = 4_000_000;

/** Lists of articles: found by their title, not by what they list. */
const LIST = /^\/tin-tuc\/(?:chu-de\/[^/]+\/)?$/;

/**
 * What the search finds: every page but the second and later pages of a list, the page that finds a booking, and the wards by
 * new and old names. Each page gets an equal share of `TEXT_MAX`.
 */
export function listSearchEntries(facts: readonly SearchEntry[]): SearchEntry[] {
  const found = facts.filter(
    ({ path }) => !/^\/tin-tuc\/(?:chu-de\/[^/]+\/)?trang\/\d+\/$/.test(path),
  );
  const share = Math.floor(TEXT_MAX / Math.max(1, found.length));
  const pages = found.map(({ path, title, description, text }) => ({
    path,
    title,
    description,
    text: LIST.test(path) ? '' : text.slice(0, share),
  }));
  return [...pages, finder, ...wardEntries()];
}

/** Each ward as an entry that opens the booking form with the ward chosen. */
function wardEntries(): SearchEntry[] {
  return areas.wards.map((ward) => ({
    path: `/dat-lich/?ward=${ward.code}`,
    title: `Đặt lịch ở ${ward.kind} ${ward.name}`,
    description: `${ward.former.length > 0 ? `Tên cũ: ${ward.former.join(', ')}. ` : ''}Khu vực ${ward.area}, tỉnh ${areas.province.name}.`,
    text: '',
    names: [ward.kind, ward.name, ...ward.former].join(' '),
  }));
}
