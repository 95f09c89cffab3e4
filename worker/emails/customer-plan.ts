import { company } from '../../shared/content/catalogue.ts';
import { formatPhone, toE164 } from '../../shared/phone.ts';
import { type MailContent, renderHtml, renderText } from './layout.ts';
import type { Mail } from './mail.ts';

interface OpenDatesMail {
  code: string;
  service: string;
  ward: string;
  /** "Hai tuần một lần, thứ Năm, Sáng, 9:30–11:00". */
  rhythm: string;
  /** The days without a visit, in words, each with why. */
  dates: readonly { day: string; reason: string }[];
  /** The customer's page of the plan, with windows near the first day; the only link. */
  url: string;
}

/** Tells a customer of the days on which their plan found no seat, a closed day or a locked window. */
export async function renderOpenDates(plan: OpenDatesMail): Promise<Mail> {
  const [first] = plan.dates;
  const content: MailContent = {
    headline: `${plan.code} · ${first?.day ?? ''}: chưa xếp được buổi làm`,
    lead: [
      'Chào anh/chị,',
      'Lịch định kỳ của anh/chị có ngày chưa xếp được buổi làm. Anh/chị chọn giờ khác gần đó, hoặc bỏ ngày ấy. Các buổi khác giữ nguyên.',
    ],
    facts: [
      ['Mã lịch định kỳ', plan.code],
      ['Dịch vụ', plan.service],
      ['Lịch', plan.rhythm],
      ['Phường, xã', plan.ward],
    ],
    link: { label: 'Chọn giờ khác', url: plan.url },
    sections: [
      {
        heading: 'Cần chọn giờ khác',
        lines: plan.dates.map(({ day, reason }) => ({ text: `${day}: ${reason}` })),
      },
    ],
    closing: [
      `Anh/chị cũng có thể gọi ${formatPhone(toE164(company.hotline))} và đọc mã trên.`,
      company.name,
    ],
  };
  return {
    subject: `Cần chọn giờ khác: ${content.headline}`,
    text: renderText(content),
    html: await renderHtml(content),
    attachments: [],
  };
}
