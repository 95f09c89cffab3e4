import { type MailContent, type MailLine, renderHtml, renderText } from './layout.ts';
import type { Mail } from './mail.ts';

/** What could not be delivered, as the e-mail to staff shows it; names are ready to be read. */
interface UndeliveredMail {
  /** Newest first, at most as many as the mail lists. `code` is null where the delivery is not about a record. */
  letters: readonly { id: string; code: string | null; channelName: string; kindName: string }[];
  total: number;
  /** The records that the letters are about, each once, with the link to its page. */
  records: readonly MailLine[];
  /** Channels that a receiver asked to stop or a person stopped, by their name in commands and the one to be read. */
  stopped: readonly { channel: string; channelName: string }[];
  /** A command about deliveries as it is typed, by its words. */
  command: (words: string) => string;
}

/** The e-mail to staff about what did not arrive, so that a person takes over. */
export async function renderUndelivered(undelivered: UndeliveredMail): Promise<Mail> {
  const { letters, total, command } = undelivered;
  const headline =
    total === 0 ? 'Kênh gửi đã dừng' : `Có ${total} lượt gửi không đến nơi, cần người xử lý`;
  const content: MailContent = {
    headline,
    lead: listLead(undelivered),
    facts: letters.map(({ id, code, channelName, kindName }) => [
      code ?? kindName,
      `${channelName}, ${kindName}, lượt gửi ${id}`,
    ]),
    link: null,
    sections:
      undelivered.records.length === 0
        ? []
        : [{ heading: 'Mở đơn, tin nhắn liên quan', lines: undelivered.records }],
    closing: [
      `Người trông coi trang xem bằng “${command('list')}” và gửi lại bằng “${command('replay <lượt gửi>')}”.`,
    ],
  };
  return {
    subject: headline,
    text: renderText(content),
    html: await renderHtml(content),
    attachments: [],
  };
}

function listLead({ letters, stopped, command }: UndeliveredMail): string[] {
  const lead = stopped.map(
    ({ channel, channelName }) =>
      `Kênh “${channelName}” đang dừng: bên nhận yêu cầu ngừng gửi (410), hoặc công ty đã tắt. Mọi lượt gửi của kênh này đang chờ. Hỏi rõ vì sao rồi mới mở lại bằng “${command(`resume ${channel}`)}”.`,
  );
  if (letters.length > 0) {
    lead.push(
      'Hệ thống đã thử nhiều lần mà các lượt gửi dưới đây không đến nơi. Hãy gọi hoặc báo trực tiếp.',
    );
  }
  return lead;
}
