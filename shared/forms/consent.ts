import { company } from '../content/catalogue.ts';
import { englishLabels } from './contact-english.ts';
import type { Language } from '../languages.ts';
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
    'Tôi đồng ý cho {company} dùng email ghi ở trên để gửi bản tin, trong đó có quảng cáo dịch vụ của công ty. Tôi rời danh sách lúc nào cũng được.',
  'booking-2':
    'Tôi đồng ý cho {company} dùng họ và tên, số điện thoại, email, địa chỉ, ghi chú ghi ở trên để nhận yêu cầu đặt lịch này, gọi xác nhận và đến làm.',
  'contact-2':
    'Tôi đồng ý cho {company} dùng họ và tên, số điện thoại, email, nội dung tin nhắn ghi ở trên để trả lời tin nhắn này.',
  'contact-en-1':
    'I agree that {company} may use the full name, phone number, email and message given above to answer this message.',
  'plan-1':
    'Tôi đồng ý cho {company} dùng họ và tên, số điện thoại, email, địa chỉ, ghi chú ghi ở trên để nhận lịch định kỳ này, gọi xác nhận và đến làm từng buổi cho đến khi tôi dừng.',
  'phone-1': 'Khách gọi điện và đồng ý cho công ty ghi thông tin trên để nhận yêu cầu và đến làm.',
  'phone-plan-1':
    'Khách gọi điện và đồng ý cho công ty ghi thông tin trên để nhận lịch định kỳ và đến làm từng buổi cho đến khi khách dừng.',
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
export const consentWordings: Readonly<
  Record<FormName | 'contactEnglish' | 'letters' | 'phone' | 'phonePlan' | 'plan', ConsentWording>
> = {
  booking: {
    id: 'booking-2',
    text: agreeTo('booking', 'nhận yêu cầu đặt lịch này, gọi xác nhận và đến làm'),
  },
  contact: { id: 'contact-2', text: agreeTo('contact', 'trả lời tin nhắn này') },
  letters: {
    id: 'letters-1',
    text: `Tôi đồng ý cho ${company.name} dùng email ghi ở trên để gửi bản tin, trong đó có quảng cáo dịch vụ của công ty. Tôi rời danh sách lúc nào cũng được.`,
  },
  contactEnglish: {
    id: 'contact-en-1',
    text: `I agree that ${company.name} may use the ${nameInEnglish()} given above to answer this message.`,
  },
  plan: {
    id: 'plan-1',
    text: agreeTo(
      'booking',
      'nhận lịch định kỳ này, gọi xác nhận và đến làm từng buổi cho đến khi tôi dừng',
    ),
  },
  phone: {
    id: 'phone-1',
    text: 'Khách gọi điện và đồng ý cho công ty ghi thông tin trên để nhận yêu cầu và đến làm.',
  },
  phonePlan: {
    id: 'phone-plan-1',
    text: 'Khách gọi điện và đồng ý cho công ty ghi thông tin trên để nhận lịch định kỳ và đến làm từng buổi cho đến khi khách dừng.',
  },
};

/** The words that the sender of a form agrees to. Only the contact form is there in English. */
export function consentWording(form: FormName | 'letters', language: Language): ConsentWording {
  return consentWordings[form === 'contact' && language === 'en' ? 'contactEnglish' : form];
}

function nameInEnglish(): string {
  const asked = Object.values(englishLabels).map((label) => label.toLowerCase());
  return `${asked.slice(0, -1).join(', ')} and ${asked.at(-1) ?? ''}`;
}

function agreeTo(form: FormName, purpose: string): string {
  const asked = fieldsOf(form).map((field) => personalFields[field].label.toLowerCase());
  return `Tôi đồng ý cho ${company.name} dùng ${asked.join(', ')} ghi ở trên để ${purpose}.`;
}
