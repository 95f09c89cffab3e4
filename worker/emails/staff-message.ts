import { formatDate } from '../../shared/time.ts';
import { type MailContent, renderHtml, renderText } from './layout.ts';
import type { Mail } from './mail.ts';

/** A contact message as its staff e-mail shows it; texts are ready to be read. */
export interface StaffMessage {
  code: string;
  kind: string;
  /** The day by which it wants an answer, YYYY-MM-DD. */
  dueOn: string;
  /** Masked, or in full where the settings say so; null where only an address was left. */
  phone: string | null;
  /** Name, address and text where the settings send them, else null. */
  person: { name: string; email: string | null; message: string } | null;
  /** The message's page; the only link. */
  url: string;
}

/** The e-mail that tells staff of a contact message. */
export async function renderStaffMessage(message: StaffMessage): Promise<Mail> {
  const headline = `${message.code} · ${message.kind} · trả lời chậm nhất ${formatDate(message.dueOn)}`;
  const content: MailContent = {
    headline,
    lead: ['Có tin nhắn mới đang chờ trả lời.'],
    facts: listFacts(message),
    link: { label: 'Mở tin nhắn này', url: message.url },
    closing: [],
  };
  return {
    subject: `Tin nhắn mới: ${headline}`,
    text: renderText(content),
    html: await renderHtml(content),
    attachments: [],
  };
}

function listFacts({ code, kind, dueOn, phone, person }: StaffMessage): [string, string][] {
  const facts: [string, string | null][] = [
    ['Mã tin', code],
    ['Loại', kind],
    ['Trả lời chậm nhất', formatDate(dueOn)],
    ['Điện thoại', phone],
    ['Họ và tên', person?.name ?? null],
    ['Thư điện tử', person?.email ?? null],
    ['Nội dung', person?.message ?? null],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== null);
}
