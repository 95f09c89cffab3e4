import { nameChannel, nameKind } from './delivery-words.ts';
import { type MailContent, renderHtml, renderText } from './layout.ts';
import type { Mail } from './mail.ts';

/** What could not be delivered, as the e-mail to staff names it. */
export interface UndeliveredMail {
  /** Newest first, at most as many as the mail lists. */
  letters: readonly { id: string; code: string | null; channel: string; kind: string }[];
  total: number;
  /** Channels that a receiver asked to stop. */
  stopped: readonly string[];
}

/** The e-mail that tells staff what did not arrive, so that a person takes over. */
export async function renderUndelivered(news: UndeliveredMail): Promise<Mail> {
  const headline =
    news.total === 0
      ? 'Kênh gửi đã dừng'
      : `Có ${news.total} lượt gửi không đến nơi, cần người xử lý`;
  const content: MailContent = {
    headline,
    lead: listLead(news),
    facts: news.letters.map(({ id, code, channel, kind }) => [
      code ?? nameKind(kind),
      `${nameChannel(channel)}, ${nameKind(kind)}, lượt gửi ${id}`,
    ]),
    link: null,
    closing: [
      'Người trông máy chủ xem bằng "npm run deliveries -- list" và gửi lại bằng "npm run deliveries -- replay <mã lượt gửi>".',
    ],
  };
  return {
    subject: headline,
    text: renderText(content),
    html: await renderHtml(content),
    attachments: [],
  };
}

function listLead({ letters, stopped }: UndeliveredMail): string[] {
  const lead = stopped.map(
    (channel) =>
      `Bên nhận của kênh "${nameChannel(channel)}" đã yêu cầu ngừng gửi (410). Mọi lượt gửi của kênh này đang chờ; mở lại bằng "npm run deliveries -- resume ${channel}".`,
  );
  if (letters.length > 0) {
    lead.push('Máy đã thử nhiều lần mà những lượt sau không đến. Hãy gọi hoặc báo trực tiếp.');
  }
  return lead;
}
