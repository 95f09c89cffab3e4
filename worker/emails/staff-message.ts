import { formatDate } from '../../shared/time.ts';
import { type MailContent, renderHtml, renderText } from './layout.ts';
import type { Mail } from './mail.ts';

/** A contact message as its staff e-mail shows it; texts are ready to be read. */
interface StaffMessage {
  code: string;
  kind: string;
  /** The day by which it wants an answer, YYYY-MM-DD. */
  dueOn: string;
  /** How many pictures the sender has added, where the mail is about them. */
  photos: number;
  /** What is shown of the person, a row a field. */
  person: readonly (readonly [label: string, value: string])[];
  /** The message's page; the only link. */
  url: string;
}

const kinds = {
  'message.received': { subject: 'Tin nhắn mới', lead: 'Có tin nhắn mới đang chờ trả lời.' },
  'message.photos': {
    subject: 'Tin nhắn có ảnh mới',
    lead: 'Người gửi vừa thêm ảnh. Ảnh xem ở trang của tin nhắn, sau khi mở liên hệ của khách.',
  },
} as const;

export async function renderStaffMessage(
  kind: keyof typeof kinds,
  message: StaffMessage,
): Promise<Mail> {
  const { subject, lead } = kinds[kind];
  const headline = `${message.code} · ${message.kind} · trả lời chậm nhất ${formatDate(message.dueOn)}`;
  const content: MailContent = {
    headline,
    lead: [lead],
    facts: listFacts(message),
    link: { label: 'Mở tin nhắn này', url: message.url },
    closing: [],
  };
  return {
    subject: `${subject}: ${headline}`,
    text: renderText(content),
    html: await renderHtml(content),
    attachments: [],
  };
}

function listFacts(message: StaffMessage): (readonly [string, string])[] {
  const { code, kind, dueOn, photos, person } = message;
  const pictures = photos === 0 ? [] : [['Ảnh', `${photos} ảnh`] as const];
  const due = formatDate(dueOn);
  return [['Mã tin', code], ['Loại', kind], ['Trả lời chậm nhất', due], ...pictures, ...person];
}
