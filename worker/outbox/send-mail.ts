import { company } from '../../shared/content/catalogue.ts';
import type { Mail, MailAttachment } from '../emails/mail.ts';
import { TimeoutError } from '../base/failures.ts';
import { withTimeout } from '../base/timeout.ts';
import { type SendResult, tryAgain } from './result.ts';

/** Longest that the mail service may take. */
const TIMEOUT_MS = 15_000;

/** Codes with which the mail service refuses the address. */
const ADDRESS_CODES = ['E_RECIPIENT_NOT_ALLOWED', 'E_RECIPIENT_SUPPRESSED'];
/** Codes with which it refuses the message for good. */
const MESSAGE_CODES = ['E_VALIDATION_ERROR', 'E_FIELD_MISSING', 'E_CONTENT_TOO_LARGE'];

/** A mail with its binding, sender and receiver. */
interface Posting {
  binding: SendEmail;
  senderAddress: string;
  to: string;
  deliveryId: string;
  mail: Mail;
}

/** Why a mail failed: the service, the address, or the message. */
type MailResult = SendResult & { fault: 'service' | 'address' | 'message' | null };

/** Hands one mail to the mail service. A repeat has the same subject and `X-Delivery-Id`. */
export async function sendMail({
  binding,
  senderAddress,
  to,
  deliveryId,
  mail,
}: Posting): Promise<MailResult> {
  const message = {
    from: { email: senderAddress, name: company.shortName },
    to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: { 'X-Delivery-Id': deliveryId },
    attachments: mail.attachments.map(toAttachment),
  };
  try {
    await withTimeout(binding.send(message), TIMEOUT_MS);
    return { outcome: 'delivered', result: 'accepted', fault: null };
  } catch (error) {
    return classify(error);
  }
}

function toAttachment({ filename, type, content }: MailAttachment): EmailAttachment {
  return { disposition: 'attachment', filename, type, content: new TextEncoder().encode(content) };
}

function classify(error: unknown): MailResult {
  if (error instanceof TimeoutError) return { ...tryAgain('down', 'timeout'), fault: 'service' };
  const code = codeOf(error);
  if (ADDRESS_CODES.includes(code) || refusesAddress(error)) {
    const result: SendResult = {
      outcome: 'again',
      result: 'address-refused',
      notBefore: null,
      answered: true,
    };
    return { ...result, fault: 'address' };
  }
  if (MESSAGE_CODES.includes(code)) return { ...giveUp(code), fault: 'message' };
  return { ...tryAgain('down', code), fault: 'service' };
}

/** A binding that is restricted to some addresses refuses others without a code, by its message only. */
function refusesAddress(error: unknown): boolean {
  return error instanceof Error && /destination address/i.test(error.message);
}

/** The end of a mail that was refused for good. */
export function giveUp(result: string): SendResult {
  return { outcome: 'dead', result, answered: true };
}

/** The service's error code. Its message may quote the address and is never kept. */
function codeOf(error: unknown): string {
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' && /^E_[A-Z_]{1,40}$/.test(code) ? code : 'mail-service';
}
