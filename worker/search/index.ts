import * as v from 'valibot';
import { areas } from '../../shared/content/catalogue.ts';
import { indexEntry, type IndexedEntry, type SearchEntry } from './rank.ts';
import { readBuiltJson } from '../web/pages.ts';

const EntriesSchema = v.array(
  v.object({ path: v.string(), title: v.string(), description: v.string(), text: v.string() }),
);

/** The page that finds a booking by its code. */
export const FINDER_PATH = '/don/';

/** Its entry by hand: the build lists no page that is hidden from search engines. */
const finder: SearchEntry = {
  path: FINDER_PATH,
  title: 'Tìm đơn của tôi',
  description:
    'Theo dõi đơn, xem lại hoặc hủy lịch đã đặt bằng mã đơn và bốn số cuối của số điện thoại.',
  text: 'Tra cứu đơn bằng mã yêu cầu. Xem tình trạng đơn. Đổi lịch, hủy đơn.',
};

/** What the search finds: every page that the build listed, the page that finds a booking, and the wards by new and old names. */
export async function readSearchIndex(assets: Fetcher): Promise<readonly IndexedEntry[]> {
  return readBuiltJson(assets, '/tim-kiem/index.json', (data) =>
    [...v.parse(EntriesSchema, data), finder, ...wardEntries()].map(indexEntry),
  );
}

/** The kind of a result, as it is shown. */
export function kindOf(path: string): string {
  if (path.startsWith('/tin-tuc/')) return 'Bài viết';
  if (path.startsWith('/dich-vu/')) return 'Dịch vụ';
  if (path.startsWith('/chinh-sach/')) return 'Chính sách';
  return path.includes('?ward=') ? 'Khu vực phục vụ' : 'Trang';
}

/** Each ward as an entry that opens the booking form with the ward chosen. */
function wardEntries(): SearchEntry[] {
  return areas.wards.map((ward) => ({
    path: `/dat-lich/?ward=${ward.code}`,
    title: `Đặt lịch ở ${ward.kind} ${ward.name}`,
    description: `Tên cũ: ${ward.former.join(', ')}. Khu vực ${ward.area}, tỉnh ${areas.province.name}.`,
    text: '',
    names: [ward.kind, ward.name, ...ward.former].join(' '),
  }));
}
