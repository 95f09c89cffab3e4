import { company } from '../../shared/content/catalogue.ts';
import type { ContactKind } from '../../shared/forms/contact.ts';
import { parseCode } from '../../shared/jobs/code.ts';
import { keepTogether } from '../../shared/text.ts';

/** How the contact page opens for those who come with a purpose. */
const purposes: Readonly<Partial<Record<string, { heading: string; lead: string }>>> = {
  quote: {
    heading: 'Xin báo giá',
    lead: 'Anh/chị tả việc trong vài dòng. Trước khi làm, chúng tôi gọi lại báo giá, hoặc hẹn đến xem rồi báo giá.',
  },
  complaint: {
    heading: 'Báo chỗ chưa đạt',
    lead: 'Anh/chị kể điều chưa đúng. Gửi xong có mã theo dõi và ngày chúng tôi trả lời chậm nhất.',
  },
  privacy: {
    heading: `Yêu cầu về ${keepTogether('dữ liệu')} ${keepTogether('cá nhân')}`,
    lead: 'Anh/chị ghi muốn xem, sửa, rút đồng ý hay xóa. Gửi xong có mã theo dõi và hạn trả lời.',
  },
} satisfies Partial<Record<ContactKind, { heading: string; lead: string }>>;

/** Heading and first sentence for a kind of message and the code of a booking; undefined, as built, where no purpose is named. */
export function openingFor(kind = '', typedCode = '') {
  const purpose = Object.hasOwn(purposes, kind) ? purposes[kind] : undefined;
  const code = kind === 'complaint' ? parseCode(company.codePrefix, typedCode) : null;
  if (purpose === undefined) return { heading: undefined, lead: undefined };
  return { ...purpose, heading: purpose.heading + (code === null ? '' : ` cho ${code}`) };
}
