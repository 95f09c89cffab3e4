import { emailAnswers } from './answers.ts';
import { record, type RecordedAttachment, type RecordedEmail } from './inbox.ts';

type Address = string | EmailAddress;

/** A `send_email` binding that keeps mail in memory and, like the real one, refuses other destinations. */
export function recordingEmail(
  binding: RecordedEmail['binding'],
  allowed?: readonly string[],
): SendEmail {
  return {
    async send(message: EmailMessage | EmailMessageBuilder): Promise<EmailSendResult> {
      if (!('subject' in message)) throw new Error('Raw MIME messages are not recorded');
      const to = [message.to ?? []].flat().map(plainAddress);
      const stranger = allowed && to.find((address) => !allowed.includes(address));
      if (stranger !== undefined) throw new Error('destination address is not allowed');
      const { status } = await emailAnswers.next();
      if (status >= 400) throw new Error(`The answer is set to ${status}`);
      record(recordedEmail(binding, message, to));
      return { messageId: crypto.randomUUID() };
    },
  };
}

function recordedEmail(
  binding: RecordedEmail['binding'],
  message: EmailMessageBuilder,
  to: string[],
): Omit<RecordedEmail, 'id' | 'at'> {
  return {
    kind: 'email',
    binding,
    from: plainAddress(message.from),
    to: to.join(', '),
    subject: message.subject,
    text: message.text ?? '',
    html: message.html ?? '',
    headers: message.headers ?? {},
    attachments: (message.attachments ?? []).map(recordedAttachment),
  };
}

function plainAddress(address: Address): string {
  return typeof address === 'string' ? address : address.email;
}

function recordedAttachment({ filename, type, content }: EmailAttachment): RecordedAttachment {
  if (typeof content === 'string') return { filename, type, content };
  const bytes =
    content instanceof ArrayBuffer
      ? new Uint8Array(content)
      : new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  if (type.startsWith('text/')) {
    return { filename, type, content: new TextDecoder().decode(bytes) };
  }
  return { filename, type, content: bytes.toBase64(), encoding: 'base64' };
}
