import { company } from '../content/catalogue.ts';
import { fieldsOf } from '../privacy/register-fields.ts';
import { type FormName, personalFields } from '../privacy/register.ts';

/**
 * Every wording that was ever agreed to, by its id. Receipts name the id for 36 months: whoever changes a text gives it a new id
 * and a new line here, and leaves the old line.
 */
export const knownWordings: Readonly<Record<string, string>> = {
  'booking-1':
    'Tôi đồng ý cho {company} dùng họ và tên, số điện thoại, thư điện tử, địa chỉ, ghi chú ghi ở trên để nhận yêu cầu đặt lịch này, gọi xác nhận và đến làm.',
  'contact-1':
    'Tôi đồng ý cho {company} dùng họ và tên, số điện thoại, thư điện tử, nội dung tin nhắn ghi ở trên để trả lời tin nhắn này.',
  'letters-1':
    'Tôi đồng ý cho {company} dùng thư điện tử ghi ở trên để gửi bản tin, trong đó có quảng cáo dịch vụ của công ty. Tôi rời danh sách lúc nào cũng được.',
  'phone-1': 'Khách gọi điện và đồng ý cho công ty ghi thông tin trên để nhận yêu cầu và đến làm.',
};

/** The words that a receipt's id stands for, or null where no line has it. */
export function wordingText(id: string): string | null {
  return knownWordings[id]?.replace('{company}', company.name) ?? null;
}

/** A wording that people agree to; a changed text gets a new id, since receipts name the id. */
export interface ConsentWording {
  id: string;
  text: string;
}

/** The words beside the box of each form, and what staff read to someone who books by phone. */
export const consentWordings: Readonly<Record<FormName | 'letters' | 'phone', ConsentWording>> = {
  booking: {
    id: 'booking-1',
    text: agreeTo('booking', 'nhận yêu cầu đặt lịch này, gọi xác nhận và đến làm'),
  },
  contact: { id: 'contact-1', text: agreeTo('contact', 'trả lời tin nhắn này') },
  letters: {
    id: 'letters-1',
    text: `Tôi đồng ý cho ${company.name} dùng thư điện tử ghi ở trên để gửi bản tin, trong đó có quảng cáo dịch vụ của công ty. Tôi rời danh sách lúc nào cũng được.`,
  },
  phone: {
    id: 'phone-1',
    text: 'Khách gọi điện và đồng ý cho công ty ghi thông tin trên để nhận yêu cầu và đến làm.',
  },
};

function agreeTo(form: FormName, purpose: string): string {
  const asked = fieldsOf(form).map((field) => personalFields[field].label.toLowerCase());
  return `Tôi đồng ý cho ${company.name} dùng ${asked.join(', ')} ghi ở trên để ${purpose}.`;
}
