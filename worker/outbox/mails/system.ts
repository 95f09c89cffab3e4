import { renderUndelivered } from '../../emails/dead-letters.ts';
import type { SystemMailContent } from '../../emails/mail.ts';
import { listChannels } from '../../store/channels.ts';
import type { Delivery } from '../../store/deliveries.ts';
import { countDeliveries, listDeadLetters } from '../../store/delivery-attempts.ts';
import { writeDigest } from './digest.ts';
import {
  writeQuarantineNotice,
  writeReminder,
  writeSecondAddress,
  writeStaffLink,
} from './waiting.ts';

/** Dead letters that one mail lists. */
const LETTERS_MAX = 50;

/** Draws one kind of the house's own mails when it is due, or null when there is nothing left to say. */
export type SystemMailWriter = (
  env: Env,
  delivery: Delivery,
  now: Date,
) => Promise<SystemMailContent | null>;

/** The house's own mails by kind. */
export const systemMails: Readonly<Record<string, SystemMailWriter>> = {
  dead: writeUndelivered,
  digest: writeDigest,
  nudge: writeReminder,
  held: writeQuarantineNotice,
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
  const stopped = channels.filter(({ stoppedAt }) => stoppedAt !== null).map(({ name }) => name);
  if (letters.length === 0 && stopped.length === 0) return null;
  return {
    mail: await renderUndelivered({ letters, total: counts.dead, stopped }),
    address: 'first',
  };
}
