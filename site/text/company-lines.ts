import type { Company } from '../../shared/content/company.ts';
import { formatShortDate, formatSpan, weekdayNames, weekdays } from '../../shared/time.ts';

/** Lines about the company in the footer; what the owner has not given is left out. */
export function companyLines({ email, openingHours, legal }: Company): string[] {
  const { form, businessCode, businessCodeDate, representative } = legal;
  const since = businessCodeDate && `, cấp ngày ${formatShortDate(businessCodeDate)}`;
  return [
    email && `Email: ${email}`,
    ...openingHours.map((hours) => `Giờ mở cửa: ${formatDays(hours.days)}, ${formatSpan(hours)}`),
    form && `Loại hình: ${form}`,
    businessCode && `Mã số doanh nghiệp: ${businessCode}${since}`,
    representative && `Người đại diện: ${representative}`,
  ].filter(Boolean);
}

/** What only the owner can say, for those who do not know the company yet; what is not given is left out. */
export function ownersFacts({ since, insurance, legal }: Company): string[] {
  const { businessCode } = legal;
  return [
    since && `Làm nghề từ năm ${since}`,
    businessCode && `Mã số doanh nghiệp ${businessCode}`,
    insurance && `Bảo hiểm: ${insurance}`,
  ].filter(Boolean);
}

/** "Mo-Sa" as people say it: "Thứ Hai đến Thứ Bảy". */
function formatDays(schemaOrg: string): string {
  return schemaOrg
    .replace(/[A-Z][a-z]/g, (short) => {
      const day = weekdays.find((name) => name.startsWith(short.toLowerCase()));
      return day === undefined ? short : weekdayNames[day];
    })
    .replace(/\s*-\s*/g, ' đến ')
    .replace(/\s*,\s*/g, ', ');
}
