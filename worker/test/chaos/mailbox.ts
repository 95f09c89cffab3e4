import type { Invocation } from './invocation';
import { modeAt, type Outage } from './outages';
import type { Random } from './random';

/** Ways in which the mail service goes wrong; in the last it has taken the mail all the same. */
export const mailModes = ['down', 'limited', 'first-refused', 'answer-lost'] as const;

/** A way in which the mail service goes wrong. */
export type MailMode = (typeof mailModes)[number];

/** One e-mail as the mail service took it. */
export interface TakenMail {
  deliveryId: string;
  to: string;
  subject: string;
  text: string;
}

/** A mail service with trouble around it. */
export class ChaosMailbox {
  readonly taken: TakenMail[] = [];

  constructor(
    private readonly options: {
      random: Random;
      outages: readonly Outage<MailMode>[];
      clock: () => Date;
      firstAddress: string;
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
    const { outages, clock, random, firstAddress } = this.options;
    const mode = modeAt(outages, clock());
    const trouble = mode !== null && random.chance(0.9) ? mode : null;
    const to = message.to as string;
    const failing = trouble !== null && (trouble !== 'first-refused' || to === firstAddress);
    if (!failing || trouble === 'answer-lost') this.take(message, to);
    if (failing) throw Object.assign(new Error(`${trouble}: ${to}`), { code: codes[trouble] });
    return { messageId: 'chaos' };
  }

  private take(message: EmailMessageBuilder, to: string): void {
    this.taken.push({
      deliveryId: message.headers?.['X-Delivery-Id'] ?? '',
      to,
      subject: message.subject,
      text: `${message.text ?? ''}${message.html ?? ''}`,
    });
  }
}

const codes: Readonly<Record<MailMode, string>> = {
  down: 'E_INTERNAL_SERVER_ERROR',
  limited: 'E_RATE_LIMIT_EXCEEDED',
  'first-refused': 'E_RECIPIENT_NOT_ALLOWED',
  'answer-lost': 'E_DELIVERY_FAILED',
};
