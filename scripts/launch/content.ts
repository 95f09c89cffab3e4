import type { BookingRules } from '../../shared/content/booking-rules.ts';
import type { Company } from '../../shared/content/company.ts';
import { ConfirmedSchema, type Launch, policyOf } from '../../shared/content/launch.ts';
import type { Service } from '../../shared/content/services.ts';
import type { PolicyVersion } from '../../shared/privacy/policies.ts';
import { describeField } from '../content/field.ts';
import type { PolicyState } from '../policy/publish.ts';
import { type Finding, red, todo } from './finding.ts';

const COMPANY = 'content/company.json';
/** What the law asks of the personal-data policy, and the SHA-256 of the version that was compared with it. */
export const REVIEW_FILE = 'docs/noi-dung-chinh-sach.md';
/** Without these a page promises what may not be true, or no e-mail arrives: they stop a deployment. */
const RED: readonly (keyof Launch['confirmed'])[] = [
  'reworkFree',
  'refundUndone',
  'quotedPriceHolds',
  'area',
  'units',
  'payment',
  'dispatchAgreement',
  'senderDomain',
  'dmarc',
  'staffAddresses',
  'alwaysHttps',
  'emailObfuscation',
  'letters',
];

/** Facts of the company that are still empty: what the law requires is red, what helps visitors is a todo. */
export function checkCompany({ legal, address, ...company }: Company): Finding[] {
  const needed: [string, string, string][] = [
    [legal.form, 'legal.form', 'Ghi loại hình doanh nghiệp.'],
    [legal.businessCode, 'legal.businessCode', 'Ghi mã số doanh nghiệp hoặc hộ kinh doanh.'],
    [legal.businessCodeDate, 'legal.businessCodeDate', 'Ghi ngày cấp giấy chứng nhận.'],
    [legal.representative, 'legal.representative', 'Ghi người đại diện.'],
    [address.street, 'address.street', 'Ghi số nhà, đường.'],
  ];
  const wished: [string, string, string][] = [
    [company.zalo, 'zalo', 'Có tài khoản Zalo thì ghi số, trang mới có nút Zalo.'],
    [company.facebook, 'facebook', 'Có trang Facebook thì ghi địa chỉ.'],
    [company.email, 'email', 'Có email để khách viết thì ghi.'],
    [company.since, 'since', 'Có giấy tờ về năm bắt đầu làm nghề thì ghi năm.'],
    [company.insurance, 'insurance', 'Có bảo hiểm trách nhiệm thì ghi như hợp đồng.'],
    [company.team.photo, 'team.photo', 'Có ảnh thật của đội thì ghi tên tệp trong content/photos.'],
    [company.bankAccount, 'bankAccount', 'Nhận chuyển khoản thì ghi tài khoản.'],
    [legal.moitBadgeUrl, 'legal.moitBadgeUrl', 'Có dấu của Bộ Công Thương thì ghi địa chỉ.'],
  ];
  return [
    ...needed
      .filter(([value]) => value === '')
      .map(([, at, say]) => red(`${COMPANY} → ${at}`, say)),
    ...wished
      .filter(([value]) => value === '')
      .map(([, at, say]) => todo(`${COMPANY} → ${at}`, say)),
    ...(company.openingHours.length > 0
      ? []
      : [todo(`${COMPANY} → openingHours`, 'Có giờ mở cửa cố định thì ghi.')]),
  ];
}

/** Settings that nobody has confirmed yet, and services without a price. */
export function checkCatalogue(rules: BookingRules, services: readonly Service[]): Finding[] {
  const unpriced = services.filter(({ prices }) => prices.length === 0).map(({ name }) => name);
  return [
    ...(rules.confirmed
      ? []
      : [
          red(
            'content/booking.json → confirmed',
            'Chủ công ty xem khung giờ, số đội, ngày nghỉ, giờ trực, rồi đổi confirmed thành true.',
          ),
        ]),
    ...(rules.callback.confirmed
      ? []
      : [
          red(
            'content/booking.json → callback.confirmed',
            `Trang hẹn khách: gọi lại trong ${rules.callback.minutes} phút trực. Giữ được thì đổi confirmed thành true, không thì sửa minutes.`,
          ),
        ]),
    ...(unpriced.length === 0
      ? []
      : [
          todo(
            'content/services.json',
            `Chưa có giá: ${unpriced.join(', ')}. Trang ghi cách báo giá.`,
          ),
        ]),
  ];
}

/** What only the owner can confirm and has not confirmed yet; `policies` are the slugs of the pages that promise something. Of letters and English only where there are such pages. */
export function checkConfirmations(
  { confirmed, repository }: Launch,
  policies: readonly string[],
  pages: { letters: boolean; english: boolean },
): Finding[] {
  const open = describeField(ConfirmedSchema).fields.flatMap(({ name, title, description }) => {
    const key = name as keyof Launch['confirmed'];
    const policy = policyOf[key];
    const hasPage = (key !== 'letters' && key !== 'english') || pages[key];
    const isSaid = (policy === undefined || policies.includes(policy)) && hasPage;
    if (confirmed[key] !== '' || !isSaid) return [];
    const message = `${title}: ${description} Xong thì ghi ngày vào đây.`;
    return [(RED.includes(key) ? red : todo)(`content/launch.json → confirmed.${name}`, message)];
  });
  if (repository !== '') return open;
  const message = 'Ghi kho GitHub để người viết dùng được /admin/ trên trang thật.';
  return [...open, todo('content/launch.json → repository', message)];
}

/** Policies of which no version was published. Forms link to the one about personal data, so that one stops a deployment. */
export function checkPolicies(
  slugs: readonly string[],
  published: Readonly<Record<string, readonly PolicyVersion[]>>,
  privacy: string,
): Finding[] {
  const open = slugs.filter((slug) => (published[slug] ?? []).length === 0);
  return open.map((slug) =>
    (slug === privacy ? red : todo)(
      `content/policies/${slug}.mdx`,
      'Chưa công bố bản nào: xem lại nội dung rồi chạy npm run policy -- publish.',
    ),
  );
}

/** The personal-data policy in force where nobody compared it with the list of what the law asks for. */
export function checkReview(newest: PolicyVersion | undefined, reviewed: string): Finding[] {
  if (newest === undefined || newest.sha256 === reviewed) return [];
  return [
    todo(
      REVIEW_FILE,
      `Bản ${newest.version} của chính sách dữ liệu cá nhân chưa được đối chiếu với bảng trong tệp này: xem từng dòng, sửa bảng theo trang, rồi ghi ${newest.sha256} vào dòng SHA-256.`,
    ),
  ];
}

/** Policies whose prose or tables were changed after their newest version. */
export function checkDrafts(policies: readonly PolicyState[]): Finding[] {
  return policies
    .filter(({ state }) => state === 'changed')
    .map(({ slug }) =>
      todo(
        `content/policies/${slug}.mdx`,
        `Đã đổi so với bản đã công bố: xem lại rồi chạy npm run policy -- publish ${slug}.`,
      ),
    );
}
