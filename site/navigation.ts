import { type CollectionEntry, getCollection } from 'astro:content';
import { company } from '../shared/content/catalogue.ts';
import { formatPhone, toE164 } from '../shared/phone.ts';

export interface Link {
  href: string;
  label: string;
}

/** The pages named in the header, in order. */
export const mainLinks: readonly Link[] = [
  { href: '/dich-vu/', label: 'Dịch vụ' },
  { href: '/bang-gia/', label: 'Bảng giá' },
  { href: '/tin-tuc/', label: 'Tin tức' },
  { href: '/gioi-thieu/', label: 'Giới thiệu' },
  { href: '/lien-he/', label: 'Liên hệ' },
];

/** Further pages, named in the phone's menu and in the footer. */
export const moreLinks: readonly Link[] = [
  { href: '/hoi-dap/', label: 'Hỏi đáp' },
  { href: '/album/', label: 'Album' },
  { href: '/video/', label: 'Video' },
  { href: '/chinh-sach/', label: 'Chính sách' },
  { href: '/don/', label: 'Tìm đơn của tôi' },
  { href: '/tim-kiem/', label: 'Tìm trên trang' },
];

/** A link that calls a number written in its national form. */
export function phoneLink(national: string): Link {
  const e164 = toE164(national);
  return { href: `tel:${e164}`, label: formatPhone(e164) };
}

/** The Zalo account's link, or null where the owner named none. */
export const zaloLink: Link | null =
  company.zalo === '' ? null : { href: `https://zalo.me/${company.zalo}`, label: 'Zalo' };

/** The policies in the order their front matter gives, drafts left out. */
export const policies: Promise<readonly CollectionEntry<'policies'>[]> = getCollection(
  'policies',
  ({ data }) => import.meta.env.DEV || !data.draft,
).then((entries) => entries.toSorted((a, b) => a.data.order - b.data.order));

export const policyLinks: Promise<readonly Link[]> = policies.then((entries) =>
  entries.map((entry) => ({ href: `/chinh-sach/${entry.id}/`, label: entry.data.title })),
);
