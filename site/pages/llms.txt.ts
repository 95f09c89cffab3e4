import type { APIRoute } from 'astro';
import { getCollection } from 'astro:content';
import { wardName } from '../../shared/content/areas.ts';
import { areas, company, services } from '../../shared/content/catalogue.ts';
import { formatPhone, toE164 } from '../../shared/phone.ts';
import { type Link, mainLinks, policyLinks, pricesLink } from '../navigation.ts';
import { articles } from '../news.ts';

const ARTICLES_MAX = 30;

/** The site in plain words for programs that answer people's questions. */
export const GET: APIRoute = async ({ site }) => {
  const pages = await getCollection('services');
  const describe = (id: string, summary: string) =>
    pages.find((page) => page.id === id)?.data.description ?? summary;
  const list = (links: readonly (Link & { note?: string })[]) =>
    links.map(({ href, label, note }) => {
      const link = `- [${label}](${new URL(href, site).href})`;
      return note === undefined ? link : `${link}: ${note}`;
    });
  const { locality, region, formerly } = company.address;
  const place = `${locality}, ${region}${formerly === '' ? '' : ` (${formerly})`}`;
  const lines = [
    `# ${company.name}`,
    '',
    `> ${company.tagline}. Địa chỉ: ${place}. Điện thoại ${formatPhone(toE164(company.hotline))}.`,
    '',
    `Giá báo theo từng việc; trang ${pricesLink.label} ghi giá, nếu có, và cách tính. Gửi yêu cầu đặt lịch trên trang Đặt lịch, công ty gọi lại để xác nhận.`,
    '',
    `Nơi phục vụ: ${areas.wards.map(wardName).join(', ')}.`,
    '',
    '## Dịch vụ',
    '',
    ...list(
      services.map(({ id, name, summary }) => ({
        href: `/dich-vu/${id}/`,
        label: name,
        note: describe(id, summary),
      })),
    ),
    '',
    '## Trang',
    '',
    ...list([{ href: '/dat-lich/', label: 'Đặt lịch' }, ...mainLinks]),
    '',
    '## Chính sách',
    '',
    ...list(await policyLinks),
    '',
    '## Bài viết',
    '',
    ...list(
      (await articles).slice(0, ARTICLES_MAX).map(({ id, data }) => ({
        href: `/tin-tuc/${id}/`,
        label: data.title,
        note: data.description,
      })),
    ),
    '',
  ];
  return new Response(lines.join('\n'));
};
