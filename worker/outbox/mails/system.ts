import { renderUndelivered } from '../../emails/dead-letters.ts';
import type { SystemMailContent } from '../../emails/mail.ts';
import { listChannels } from '../../store/channels.ts';
import type { Delivery, SystemMailKind } from '../../store/deliveries.ts';
import { countDeliveries, listDeadLetters } from '../../store/undelivered.ts';
import { writeBankAccount } from './bank-account.ts';
import { deliveriesCommand, nameChannel, nameDelivery } from './delivery-words.ts';
import { writeDigest } from './digest.ts';
import { failureLines, recordLine, recordOf } from './digest-lines.ts';
import { prepareStaffMailing } from '../../wording/report-lines.ts';
import { renderStaffReport } from '../../emails/staff-report.ts';
import {
  writeHourList,
  writeOwnerLink,
  writeQuarantineNotice,
  writeReminder,
  writeResultsQuestion,
  writeSecondAddress,
  writeStaffLink,
  weekLink,
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
  'owner-link': writeOwnerLink,
  results: writeResultsQuestion,
  outage: writeOutage,
  'bank-account': writeBankAccount,
};

/** Builds the notice that a channel has failed for a while; null where it works again. */
async function writeOutage(
  env: Env,
  _delivery: Delivery,
  now: Date,
): Promise<SystemMailContent | null> {
  const failing = (await listChannels(env.DB)).filter(({ failingSince }) => failingSince !== null);
  if (failing.length === 0) return null;
  const mailing = await prepareStaffMailing(env, now);
  const names = failing.map(({ name }) => nameChannel(name)).join(', ');
  return {
    mail: await renderStaffReport({
      headline: `Đang không gửi được: ${names}`,
      lead: [
        'Không mất gì: hệ thống vẫn thử lại và tự gửi khi đường gửi thông; lượt nào thử mãi không được thì có thư báo riêng. Việc gấp trong hôm nay thì gọi trực tiếp.',
      ],
      link: await weekLink(mailing),
      sections: [{ heading: 'Chưa gửi được', lines: await failureLines(env, now) }],
    }),
    address: 'first',
  };
}

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
  const mailing = await prepareStaffMailing(env, now);
  const stopped = channels
    .filter(({ stoppedAt }) => stoppedAt !== null)
    .map(({ name }) => ({ channel: name, channelName: nameChannel(name) }));
  if (letters.length === 0 && stopped.length === 0) return null;
  return {
    mail: await renderUndelivered({
      letters: letters.map((letter) => ({ ...letter, ...nameDelivery(letter) })),
      records: await Promise.all(letters.flatMap(recordOf).map((one) => recordLine(mailing, one))),
      total: counts.dead,
      stopped,
      command: (words) => deliveriesCommand(env, words),
    }),
    address: 'first',
  };
}
