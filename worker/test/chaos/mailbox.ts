import type { Invocation } from './invocation';
import { modeAt, type Outage } from './outages';
import type { Random } from './random';

/** Ways in which the mail service goes wrong; in the last two it has taken the mail all the same. */
export const mailModes = [
  'down',
  'limited',
  'first-refused',
  'refused',
  'bounced',
  'invalid',
  'slow-down',
  'answer-lost',
  'slow',
] as const;

/** A way in which the mail service goes wrong. */
export type MailMode = (typeof mailModes)[number];

/** One e-mail as the mail service took it. */
export interface TakenMail {
  deliveryId: string;
  to: string;
  subject: string;
  text: string;
  /** Whether the sender saw that it was taken. */
  seen: boolean;
  invocation: Invocation;
  /** The invocation's faults when the mail came. */
  faultsBefore: number;
}

/** A mail service with trouble around it. */
export class ChaosMailbox {
  readonly taken: TakenMail[] = [];

  constructor(
    private readonly options: {
      random: Random;
      outages: readonly Outage<MailMode>[];
      readTime: () => Date;
      firstAddress: string;
      /** Runs while a slow service has a mail. */
      meanwhile: () => Promise<void>;
    },
  ) {}

  /** The binding as one invocation sees it. */
  binding(invocation: Invocation): SendEmail {
    return {
      send: (message: EmailMessageBuilder) => this.send(invocation, message),
    } as unknown as SendEmail;
  }

  private async send(invocation: Invocation, message: EmailMessageBuilder) {
    invocation.assertAlive();
    const { outages, readTime, random, firstAddress, meanwhile } = this.options;
    const mode = modeAt(outages, readTime());
    const trouble = mode !== null && random.chance(0.9) ? mode : null;
    const to = message.to as string;
    const failing =
      trouble !== null &&
      trouble !== 'slow' &&
      (trouble !== 'first-refused' || to === firstAddress);
    const taken = failing && trouble !== 'answer-lost' ? null : this.take(invocation, message, to);
    if (trouble === 'slow' || trouble === 'slow-down') await meanwhile();
    invocation.assertAlive();
    if (failing) throw Object.assign(new Error(`${trouble}: ${to}`), { code: codes[trouble] });
    if (taken !== null) taken.seen = true;
    return { messageId: 'chaos' };
  }

  private take(invocation: Invocation, message: EmailMessageBuilder, to: string): TakenMail {
    const mail: TakenMail = {
      deliveryId: message.headers?.['X-Delivery-Id'] ?? '',
      to,
      subject: message.subject,
      text: `${message.text ?? ''}${message.html ?? ''}`,
      seen: false,
      invocation,
      faultsBefore: invocation.faults,
    };
    this.taken.push(mail);
    return mail;
  }
}

const codes: Readonly<Record<Exclude<MailMode, 'slow'>, string>> = {
  down: 'E_INTERNAL_SERVER_ERROR',
  limited: 'E_RATE_LIMIT_EXCEEDED',
  'first-refused': 'E_RECIPIENT_NOT_ALLOWED',
  refused: 'E_RECIPIENT_SUPPRESSED',
  invalid: 'E_VALIDATION_ERROR',
  'slow-down': 'E_INTERNAL_SERVER_ERROR',
  'answer-lost': 'E_INTERNAL_SERVER_ERROR',
  bounced: 'E_DELIVERY_FAILED',
};
