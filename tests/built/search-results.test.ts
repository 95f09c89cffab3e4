import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSearchIndex, type SearchIndex } from '../../shared/search-index.ts';
import { readQuery, rewordQuery } from '../../worker/search/query.ts';
import { searchEntries } from '../../worker/search/rank.ts';
import { decodeEntities, lengthOf } from '../../shared/text.ts';
import { DIST, meta, readListedPages } from './site.ts';

const news = (slug: string) => `/tin-tuc/${slug}/`;
const service = (id: string) => `/dich-vu/${id}/`;
const policy = (slug: string) => `/chinh-sach/${slug}/`;

const HOME = service('ve-sinh-nha-o');
const BUILT = service('ve-sinh-sau-xay-dung');
const OFFICE = service('tap-vu-van-phong');
const SOFA = service('giat-ghe-sofa');
const GLASS = service('lau-kinh-nha-cao-tang');
const WALL = service('ve-sinh-tuong-son');
const DAMP = news('kinh-nghiem-khac-phuc-troi-nom');
const FLOOD = news('don-bun-ve-sinh-nha-sau-lu');
const TET = news('don-nha-don-tet');
const RUST = news('tay-vet-o-vang-nuoc-phen');
const LEATHER = news('cach-lam-sach-sofa-da-va-da-pu');
const MATTRESS = news('giat-dem-tham-rem');
const DUST = news('don-bui-gio-lao');
const ROOM = news('ve-sinh-phong-tro-truoc-khi-tra');
const LADDER = news('an-toan-voi-thang-khi-don-nha');
const CONTRACT = news('hop-dong-tap-vu-van-phong-gom-nhung-gi');

/** What people type, without marks, in a hurry or with a slip, and the page that answers it. */
const rows: readonly (readonly [typed: string, page: string])[] = [
  ['giat sofa', SOFA],
  ['giặt ghế sofa tại nhà', SOFA],
  ['giat ghe sofa o vinh', SOFA],
  ['dich vu giat ghe sofa', SOFA],
  ['Giặt  SOFA vinh nghệ an', SOFA],
  ['dịch vụ dọn vệ sinh nhà cửa', HOME],
  ['don ve sinh nha cua tai vinh', HOME],
  ['dich vu don nha', HOME],
  ['dọn vệ sinh nhà cửa nghệ an', HOME],
  ['dich vu ve sinh sau xay dung', BUILT],
  ['vệ sinh sau xây dựng vinh', BUILT],
  ['ve sinh sau xay dung nghe an', BUILT],
  ['tạp vụ văn phòng', OFFICE],
  ['tap vu van phong vinh', OFFICE],
  ['ve sinh van phong tai vinh', OFFICE],
  ['lau kinh nha cao tang', GLASS],
  ['lau kính cao tầng vinh', GLASS],
  ['dich vu lau kinh', GLASS],
  ['lau sach tuong son', WALL],
  ['vệ sinh tường sơn vinh', WALL],
  ['vệ sinh công nghiệp', '/dich-vu/'],
  ['ve sinh cong nghiep tai vinh', '/dich-vu/'],
  ['trời nồm', DAMP],
  ['troi nom', DAMP],
  ['sàn nhà đổ mồ hôi', DAMP],
  ['san nha do mo hoi', DAMP],
  ['dọn bùn sau lũ', FLOOD],
  ['don bun sau lu', FLOOD],
  ['khu khuan nha sau lu', FLOOD],
  ['don nha don tet', TET],
  ['dọn nhà đón tết', TET],
  ['lich don nha tet', TET],
  ['vết ố vàng nước phèn', RUST],
  ['tay o vang nuoc phen', RUST],
  ['tẩy vết ố vàng nhà tắm', RUST],
  ['sofa da', LEATHER],
  ['sofa da pu', LEATHER],
  ['lam sach sofa da that', LEATHER],
  ['giặt đệm', MATTRESS],
  ['giat dem', MATTRESS],
  ['giat tham', MATTRESS],
  ['giặt rèm cửa', MATTRESS],
  ['gió lào', DUST],
  ['don bui gio lao', DUST],
  ['trả phòng trọ', ROOM],
  ['tra phong tro', ROOM],
  ['don phong tro truoc khi tra', ROOM],
  ['an toàn với thang', LADDER],
  ['an toan thang', LADDER],
  ['hop dong tap vu', CONTRACT],
  ['hợp đồng tạp vụ văn phòng', CONTRACT],
  ['nha moi xay', news('can-chu-y-gi-khi-ve-sinh-nha-moi-xay')],
  ['tu giat sofa', news('sai-lam-khi-tu-giat-ghe-sofa-tai-nha')],
  ['cach tinh gia', '/bang-gia/'],
  ['hỏi đáp', '/hoi-dap/'],
  ['dat lich', '/dat-lich/'],
  ['đặt lịch', '/dat-lich/'],
  ['tim don', '/don/'],
  ['bảo hành', policy('bao-hanh')],
  ['hoan tien', policy('huy-va-hoan-tien')],
  ['khieu nai', policy('giai-quyet-khieu-nai')],
  ['thanh toán', policy('thanh-toan')],
  ['bảo mật thông tin', policy('bao-mat-thong-tin')],
  ['lien he', '/lien-he/'],
  // Slips: a letter too many, a wrong mark, words run together.
  ['giặt ghê sofa', SOFA],
  ['giat ghe sofa vinhh', SOFA],
  ['trời nôm', DAMP],
  ['lau kihn nha cao tang', GLASS],
  ['tap vu vawn phong vinh', OFFICE],
  ['don bunn sau lu', FLOOD],
];

const known = new Set(rows.map(([, page]) => page));
const isBuilt = [...known].every(
  (page) => page === '/don/' || existsSync(path.join(DIST, page, 'index.html')),
);

function openIndex(): SearchIndex {
  const read = (name: string) => readFileSync(path.join(DIST, 'tim-kiem', name));
  const numbers = new Uint8Array(read('numbers.bin'));
  return openSearchIndex({
    entries: new Uint8Array(read('index.json')),
    words: JSON.parse(read('words.json').toString()) as [string[], string[]],
    numbers: new Uint32Array(numbers.buffer),
  });
}

/** Another company's site has other pages; a page that is added later is not looked at. */
describe.skipIf(!isBuilt)('the search of the built site', () => {
  const index = isBuilt ? openIndex() : undefined;

  test.each(rows)('answers “%s” with %s first', (typed, page) => {
    if (index === undefined) throw new Error('No index');
    const queries = [rewordQuery(typed), typed].filter((query) => query !== null);
    const found = queries.flatMap((query) => searchEntries(index, readQuery(index, query), 20));
    const paths = found.map((entry) => index.readEntry(entry).path);
    expect(paths.find((one) => known.has(one))).toBe(page);
  });
});

describe.skipIf(!isBuilt)('what a list of results shows', () => {
  const pages = readListedPages();

  test('is a title of 30 to 60 characters and a description of 110 to 155', () => {
    const wrong = pages.flatMap(({ path: page, html }) => {
      const title = decodeEntities(/<title[^>]*>([^<]*)/.exec(html)?.[1] ?? '');
      const [long, described] = [title, meta(html, 'description') ?? ''].map(lengthOf);
      const fits = between(long, 30, 60) && between(described, 110, 155);
      return fits ? [] : [`${page} ${long} ${described}`];
    });
    expect(wrong).toEqual([]);
  });

  test('is of no page that no other page leads to', () => {
    const linked = new Set(
      pages.flatMap(({ path: page, html }) =>
        Array.from(html.matchAll(/href="(\/[^"#?]*)/g), ([, href = '']) => href).filter(
          (href) => href !== page,
        ),
      ),
    );
    expect(pages.map((page) => page.path).filter((page) => !linked.has(page))).toEqual([]);
  });
});

function between(value: number | undefined, min: number, max: number): boolean {
  return value !== undefined && value >= min && value <= max;
}
