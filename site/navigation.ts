import { type CollectionEntry, getCollection } from 'astro:content';
import { bookingRules, company, services } from '../shared/content/catalogue.ts';
import { ENGLISH_PATH, languageOf } from '../shared/languages.ts';
import { formatPhone, toE164 } from '../shared/phone.ts';
import { PRIVACY_POLICY } from '../shared/privacy/policies.ts';

export interface Link {
  href: string;
  label: string;
  /** Where it leads to another language. */
  language?: string;
}

const hasPrices = services.some(({ prices }) => prices.length > 0);

const pages = {
  services: { href: '/dich-vu/', label: 'Dịch vụ' },
  // No list of prices is promised where there is none.
  prices: { href: '/bang-gia/', label: hasPrices ? 'Bảng giá' : 'Cách tính giá' },
  news: { href: '/tin-tuc/', label: 'Tin tức' },
  answers: { href: '/hoi-dap/', label: 'Hỏi đáp' },
  album: { href: '/album/', label: 'Album' },
  video: { href: '/video/', label: 'Video' },
  about: { href: '/gioi-thieu/', label: 'Giới thiệu' },
  contact: { href: '/lien-he/', label: 'Liên hệ' },
  policies: { href: '/chinh-sach/', label: 'Chính sách' },
  booking: { href: '/dat-lich/', label: 'Đặt lịch' },
  record: { href: '/don/', label: 'Đơn của tôi' },
  search: { href: '/tim-kiem/', label: 'Tìm trên trang' },
  letters: { href: '/ban-tin/', label: 'Nhận bản tin' },
} as const satisfies Record<string, Link>;

/** The page of prices, by the name that it has everywhere. */
export const pricesLink: Link = pages.prices;

/** The pages named in the header, in order. */
export const mainLinks: readonly Link[] = [
  pages.services,
  pages.prices,
  pages.answers,
  pages.news,
  pages.album,
  pages.about,
  pages.contact,
  pages.policies,
];

/** What a visitor comes back for: in the menu of a phone, beside the number on a wide screen. */
export const toolLinks: readonly Link[] = [pages.record, pages.search];

/** The page for readers of English; null where the company has none. */
export const englishLink: Promise<Link | null> = getCollection('english').then((entries) =>
  entries.length === 0 ? null : { href: ENGLISH_PATH, label: 'English', language: 'en' },
);

/** What the header of a page leads to: the pages and tools of its language, and the same site in the other one. */
export async function headerLinks(path: string) {
  const language = languageOf(path);
  const vietnamese: Link = { href: '/', label: 'Tiếng Việt', language: 'vi' };
  if (language === 'en') return { language, links: [vietnamese], tools: [] };
  const other = await englishLink;
  return {
    language,
    links: [...mainLinks, ...toolLinks, ...(other === null ? [] : [other])],
    tools: toolLinks,
  };
}

/** A link that calls a number written in its national form. */
export function phoneLink(national: string): Link {
  const e164 = toE164(national);
  return { href: `tel:${e164}`, label: formatPhone(e164) };
}

/** The Zalo account's link, or null where the owner named none. */
export const zaloLink: Link | null =
  company.zalo === '' ? null : { href: `https://zalo.me/${company.zalo}`, label: 'Zalo' };

/** The policies that customers ask for most. */
const MATTERING: readonly string[] = ['bao-hanh', 'giai-quyet-khieu-nai', PRIVACY_POLICY];

/** The policies in the order their front matter gives, drafts left out. */
export const policies: Promise<readonly CollectionEntry<'policies'>[]> = getCollection(
  'policies',
  ({ data }) => import.meta.env.DEV || !data.draft,
).then((entries) => entries.toSorted((a, b) => a.data.order - b.data.order));

export const policyLinks: Promise<readonly Link[]> = policies.then((entries) =>
  entries.map(linkOf),
);

function linkOf({ id, data }: CollectionEntry<'policies'>): Link {
  return { href: `/chinh-sach/${id}/`, label: data.title };
}

/** The links of the footer, at most four in a group: letters, where there are any, take the place of a page that the header names. */
export const footerGroups: Promise<readonly { heading: string; links: readonly Link[] }[]> =
  policies.then((list) => [
    { heading: 'Đặt dịch vụ', links: [pages.booking, pages.record, pages.services, pages.prices] },
    {
      heading: 'Xem thêm',
      links: [
        ...(bookingRules.marketing ? [] : [pages.about]),
        ...[pages.news, pages.album, pages.video],
        ...(bookingRules.marketing ? [pages.letters] : []),
      ],
    },
    {
      heading: 'Chính sách',
      links: [
        ...MATTERING.flatMap((slug) => list.find(({ id }) => id === slug) ?? []).map(linkOf),
        { href: pages.policies.href, label: 'Mọi chính sách' },
      ],
    },
  ]);
