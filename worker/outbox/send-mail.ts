import { company } from '../../shared/content/catalogue.ts';
import type { Mail, MailAttachment } from '../emails/mail.ts';
import { TimeoutError } from '../base/failures.ts';
import { withTimeout } from '../base/timeout.ts';
import type { DeliveryRow } from '../store/deliveries.ts';
import { type SendResult, tryAgain } from './result.ts';

/** Longest that the mail service may take. */
const TIMEOUT_MS = 15_000;

/**
 * What a code of the mail service says is at fault; a message is refused for good. Every other code counts as the service's:
 * https://developers.cloudflare.com/email-service/api/send-emails/workers-api/.
 */
const FAULTS: Readonly<Record<string, 'service' | 'address' | 'message'>> = {
  E_RECIPIENT_NOT_ALLOWED: 'address',
  E_RECIPIENT_SUPPRESSED: 'address',
  // The recipient's server refused the mail.
  E_DELIVERY_FAILED: 'address',
  E_VALIDATION_ERROR: 'message',
  E_FIELD_MISSING: 'message',
  E_CONTENT_TOO_LARGE: 'message',
  E_TOO_MANY_RECIPIENTS: 'message',
  E_TOO_MANY_ATTACHMENTS: 'message',
  E_HEADER_NOT_ALLOWED: 'message',
  E_HEADER_USE_API_FIELD: 'message',
  E_HEADER_VALUE_INVALID: 'message',
  E_HEADER_VALUE_TOO_LONG: 'message',
  E_HEADER_NAME_INVALID: 'message',
  E_HEADERS_TOO_LARGE: 'message',
  E_HEADERS_TOO_MANY: 'message',
  E_SENDER_NOT_VERIFIED: 'service',
  E_SENDER_DOMAIN_NOT_AVAILABLE: 'service',
  E_RATE_LIMIT_EXCEEDED: 'service',
  E_DAILY_LIMIT_EXCEEDED: 'service',
  E_INTERNAL_SERVER_ERROR: 'service',
};

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
    headers: { 'X-Delivery-Id': deliveryId, ...mail.headers },
    attachments: mail.attachments.map(toAttachment),
  };
  try {
    await withTimeout(binding.send(message), TIMEOUT_MS);
    return { outcome: 'delivered', result: 'accepted', fault: null };
  } catch (error) {
    return classify(error);
  }
}

/** The mail under the subject of its delivery's first attempt, so that a mailbox groups a repeat with the first one. */
export function nameMail(mail: Mail, { mailSubject }: Pick<DeliveryRow, 'mailSubject'>): Mail {
  return mailSubject === null ? mail : { ...mail, subject: mailSubject };
}

function toAttachment({ filename, type, content }: MailAttachment): EmailAttachment {
  return { disposition: 'attachment', filename, type, content: new TextEncoder().encode(content) };
}

function classify(error: unknown): MailResult {
  if (error instanceof TimeoutError) return { ...tryAgain('down', 'timeout'), fault: 'service' };
  const code = codeOf(error);
  const fault = faultOf(code);
  if (fault === 'address' || refusesAddress(error)) {
    const result: SendResult = {
      outcome: 'again',
      result: 'address-refused',
      notBefore: null,
      answered: true,
    };
    return { ...result, fault: 'address' };
  }
  if (fault === 'message') return { ...giveUp(code), fault: 'message' };
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

function faultOf(code: string) {
  return FAULTS[code] ?? 'service';
}

/** The service's error code, if it is a known one. Its message may quote the address and is never kept. */
function codeOf(error: unknown): string {
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' && Object.hasOwn(FAULTS, code) ? code : 'mail-service';
}
