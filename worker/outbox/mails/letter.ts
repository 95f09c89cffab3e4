import { bookingRules } from '../../../shared/content/catalogue.ts';
import { letterRetention } from '../../../shared/privacy/register-letters.ts';
import { renderConfirmation, renderLetter } from '../../emails/letter.ts';
import type { Mail } from '../../emails/mail.ts';
import { confirmPath, ownPaths } from '../../signing/letter-links.ts';
import { readLinkKeys } from '../../signing/tokens.ts';
import type { DeliveryBy } from '../../store/deliveries.ts';
import {
  findLetter,
  findSubscriber,
  type StoredLetter,
  type Subscriber,
} from '../../store/subscribers.ts';
import type { Prepared, Preparing, Sending } from '../prepare.ts';
import type { SendResult } from '../result.ts';
import { nameMail, sendMail } from '../send-mail.ts';

type Confirming = Preparing<Extract<DeliveryBy<'customer-email'>, { subjectKind: 'subscriber' }>>;
type LetterPreparing = Preparing<DeliveryBy<'letter'>>;

const { hours: CONFIRM_HOURS } = letterRetention.unconfirmed.period;

const over = (result: string): SendResult => ({ outcome: 'superseded', result });

/** Builds the mail that asks for a press. Its address belongs to nobody that we know of, so nobody is told where it refuses. */
export async function prepareConfirmation(preparing: Confirming): Promise<Prepared<Sending>> {
  const { env, delivery } = preparing;
  const subscriber = await findReader(env, delivery.subjectId);
  if (subscriber === null) return { ready: false, result: over('left') };
  return prepareMail(preparing, subscriber, () => buildConfirmation(preparing));
}

async function buildConfirmation({ env, delivery }: Confirming): Promise<Mail> {
  const signing = { keys: readLinkKeys(env.LINK_KEYS), now: delivery.createdAt };
  const path = await confirmPath(signing, delivery.subjectId, CONFIRM_HOURS);
  return renderConfirmation(`${env.PUBLIC_ORIGIN}${path}`, CONFIRM_HOURS);
}

/** Builds one letter to one subscriber, whose key and row are asked for again just before it is sent. */
export async function prepareLetter(preparing: LetterPreparing): Promise<Prepared<Sending>> {
  const { env, delivery } = preparing;
  const letter = await findLetter(env.DB, slugOf(delivery));
  if (letter === null)
    return { ready: false, result: { outcome: 'dead', result: 'letter-absent' } };
  const subscriber = await findReader(env, delivery.subjectId);
  if (subscriber?.state !== 'subscribed') return { ready: false, result: over('left') };
  return prepareMail(preparing, subscriber, () => buildLetter(env, subscriber, letter));
}

async function buildLetter(env: Env, subscriber: Subscriber, letter: StoredLetter): Promise<Mail> {
  const origin = env.PUBLIC_ORIGIN;
  const { leave, own } = await ownPaths(readLinkKeys(env.LINK_KEYS), subscriber);
  return renderLetter(letter, { origin, leave: `${origin}${leave}`, own: `${origin}${own}` });
}

/** `letter:<slug>:<subscriber id>`, by which a letter has one delivery a subscriber. */
function slugOf({ dedupeKey }: LetterPreparing['delivery']): string {
  return dedupeKey?.split(':')[1] ?? '';
}

/** Null where nothing may be sent any more: the reader left, the time has ended, or the company sends no letters now. */
async function findReader(env: Env, id: string): Promise<Subscriber | null> {
  const subscriber = bookingRules.marketing ? await findSubscriber(env.DB, id) : null;
  return subscriber?.erasedAt === null ? subscriber : null;
}

async function prepareMail(
  preparing: Confirming | LetterPreparing,
  subscriber: Subscriber,
  build: () => Promise<Mail>,
): Promise<Prepared<Sending>> {
  const { env, delivery, records } = preparing;
  const opened = await records.open(subscriber);
  if (opened.state === 'key-spreading') {
    const again = { outcome: 'again', notBefore: null, answered: false } as const;
    return { ready: false, result: { ...again, result: 'key-not-seen' } };
  }
  const to = opened.state === 'open' ? opened.person.email : null;
  if (to === null) return { ready: false, result: over('left') };
  const mail = nameMail(await build(), delivery);
  return {
    ready: true,
    value: {
      disclosed: { recipient: 'customer', fields: ['email'] },
      subject: mail.subject,
      send: async () =>
        (await findReader(env, subscriber.id)) === null ? over('left') : send(preparing, to, mail),
    },
  };
}

/**
 * A letter whose fate is not known is not sent a second time; an address that refuses gets none again. Whatever the service itself
 * refuses goes out when it works again.
 */
async function send(
  { env, delivery }: Confirming | LetterPreparing,
  to: string,
  mail: Mail,
): Promise<SendResult> {
  const { fault, ...result } = await sendMail({
    binding: env.CUSTOMER_EMAIL,
    senderAddress: env.SENDER_ADDRESS,
    to,
    deliveryId: delivery.id,
    mail,
  });
  if (fault === 'address') return over('address-refused');
  const isUnsure = delivery.channel === 'letter' && result.result === 'timeout';
  return isUnsure ? over('unsure') : result;
}
