import { company } from './catalogue.ts';
import { fieldsOf } from './register-fields.ts';
import { type FormName, personalFields } from './register.ts';

/** A wording that people agree to; a changed text gets a new id, since receipts name the id. */
export interface ConsentWording {
  id: string;
  text: string;
}

/** The words beside the box of each form, and what staff read to someone who books by phone. */
export const consentWordings: Readonly<Record<FormName | 'phone', ConsentWording>> = {
  booking: {
    id: 'booking-1',
    text: agreeTo('booking', 'nhận yêu cầu đặt lịch này, gọi xác nhận và đến làm'),
  },
  contact: { id: 'contact-1', text: agreeTo('contact', 'trả lời tin nhắn này') },
  phone: {
    id: 'phone-1',
    text: 'Khách gọi điện và đồng ý cho công ty ghi thông tin trên để nhận yêu cầu và đến làm.',
  },
};

function agreeTo(form: FormName, purpose: string): string {
  const asked = fieldsOf(form).map((field) => personalFields[field].label.toLowerCase());
  return `Tôi đồng ý cho ${company.name} dùng ${asked.join(', ')} ghi ở trên để ${purpose}.`;
}
