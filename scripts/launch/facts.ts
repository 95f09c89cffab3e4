import type { BookingRules } from '../../shared/content/booking-rules.ts';
import type { Company } from '../../shared/content/company.ts';
import type { Service } from '../../shared/content/services.ts';
import { type Finding, red, todo } from './finding.ts';

const COMPANY = 'content/company.json';

/** The company's facts that are still empty: what the law asks for stops, what helps visitors is a todo. */
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
    [company.email, 'email', 'Có thư điện tử để khách viết thì ghi.'],
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
