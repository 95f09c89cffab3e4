import { renderUndelivered } from '../../emails/dead-letters.ts';
import type { SystemMailContent } from '../../emails/mail.ts';
import { listChannels } from '../../store/channels.ts';
import type { Delivery, SystemMailKind } from '../../store/deliveries.ts';
import { countDeliveries, listDeadLetters } from '../../store/undelivered.ts';
import { deliveriesCommand, nameChannel, nameDelivery } from './delivery-words.ts';
import { writeDigest } from './digest.ts';
import {
  writeHourList,
  writeQuarantineNotice,
  writeReminder,
  writeSecondAddress,
  writeStaffLink,
} from './waiting.ts';

const LETTERS_MAX = 50;

/** Builds one kind of system mail when it is sent; null where there is nothing left to say. */
type SystemMailWriter = (
  env: Env,
  delivery: Delivery,
  now: Date,
) => Promise<SystemMailContent | null>;

export const systemMails: Readonly<Record<SystemMailKind, SystemMailWriter>> = {
  dead: writeUndelivered,
  digest: writeDigest,
  nudge: writeReminder,
  held: writeQuarantineNotice,
  'hour-list': writeHourList,
  'second-address': writeSecondAddress,
  'staff-link': writeStaffLink,
};

async function writeUndelivered(
  env: Env,
  _delivery: Delivery,
  now: Date,
): Promise<SystemMailContent | null> {
  const [letters, counts, channels] = await Promise.all([
    listDeadLetters(env.DB, LETTERS_MAX),
    countDeliveries(env.DB, now),
    listChannels(env.DB),
  ]);
  const stopped = channels
    .filter(({ stoppedAt }) => stoppedAt !== null)
    .map(({ name }) => ({ channel: name, channelName: nameChannel(name) }));
  if (letters.length === 0 && stopped.length === 0) return null;
  return {
    mail: await renderUndelivered({
      letters: letters.map((letter) => ({ ...letter, ...nameDelivery(letter) })),
      total: counts.dead,
      stopped,
      command: (words) => deliveriesCommand(env, words),
    }),
    address: 'first',
  };
}
