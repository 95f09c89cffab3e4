import { formatDate } from '../../shared/time.ts';
import { type MailContent, renderHtml, renderText } from './layout.ts';
import type { Mail } from './mail.ts';

/** A contact message as its staff e-mail shows it; texts are ready to be read. */
interface StaffMessage {
  code: string;
  kind: string;
  /** The day by which it wants an answer, YYYY-MM-DD. */
  dueOn: string;
  /** What is shown of the person, a row a field. */
  person: readonly (readonly [label: string, value: string])[];
  /** The message's page; the only link. */
  url: string;
}

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

function listFacts({ code, kind, dueOn, person }: StaffMessage): (readonly [string, string])[] {
  return [['Mã tin', code], ['Loại', kind], ['Trả lời chậm nhất', formatDate(dueOn)], ...person];
}
