import { bookingRules } from '../../shared/content/catalogue.ts';
import { later, toVietnamDate } from '../../shared/time.ts';
import {
  ASK_AFTER_HOURS,
  callPromisedBy,
  listOverdue,
  listUnanswered,
  waitedFor,
} from '../records/overdue.ts';
import { listChannels } from '../store/channels.ts';
import { countQuarantinedSince } from '../store/counts.ts';
import type { SystemMailKind } from '../store/deliveries.ts';
import { listUntouched } from '../store/due.ts';
import { handOverToList, hasMailsForList } from '../store/staff-mails.ts';
import { insertSystemMail, insertSystemPush } from '../store/system-mails.ts';
import { dailySlot, minuteSlot, runSlot } from './slots.ts';

/** Length of a slot for notices and reminders: four mails of each an hour at most. */
const NOTICE_MINUTES = 15;
/** Minutes that a channel may fail before staff are told: they hear of it within half an hour. */
const OUTAGE_MINUTES = 20;
/** When staff are reminded of all that waits, in Vietnam. */
const REMINDER_TIME = '07:30';
/** When the digest is sent, in Vietnam. */
const DIGEST_TIME = '18:00';
/** Hours after that in which it is still sent where cron did not run. */
const DIGEST_LATE_HOURS = 20;

/** Notifies staff of the requests and messages that were quarantined since the last slot. */
export async function notifyQuarantined(env: Env, now: Date): Promise<void> {
  const startsAt = minuteSlot(now, NOTICE_MINUTES);
  await runSlot(env.DB, {
    task: 'held-notice',
    startsAt,
    now,
    draft: async (since) =>
      (await countQuarantinedSince(env.DB, sinceOf(since))) === 0
        ? []
        : [draftSystemMail(env.DB, { kind: 'held', about: startsAt.toISOString(), now })],
  });
}

/** A request may be stored some seconds after it came, so the notice looks back a little further than its last run. */
function sinceOf(lastRun: Date | null): Date {
  return lastRun === null ? new Date(0) : later(lastRun, { minutes: -1 });
}

/** Lists once an hour, in one mail, what had no mail of its own because the hour had too many. */
export async function sendHourList(env: Env, now: Date): Promise<void> {
  const startsAt = minuteSlot(now, 60);
  await runSlot(env.DB, {
    task: 'hour-list',
    startsAt,
    now,
    draft: async () => {
      if (!(await hasMailsForList(env.DB))) return [];
      const id = crypto.randomUUID();
      const mail = { id, kind: 'hour-list', about: startsAt.toISOString(), now } as const;
      return [draftSystemMail(env.DB, mail), handOverToList(env.DB, id, now)];
    },
  });
}

/** Notifies the second address of the requests that nobody answered in the working minutes allowed, in one mail, once a request. */
export async function notifySecondAddress(env: Env, now: Date): Promise<void> {
  const minutes = bookingRules.secondAddressAfterMinutes;
  if (env.STAFF_SECOND_ADDRESS === '') return;
  const untouched = await listUntouched(env.DB, later(now, { minutes: -minutes }));
  const late = untouched.filter((booking) => waitedFor(booking, now) >= minutes);
  if (late.length === 0) return;
  // One mail is about all of them; the other rows only say that it was.
  await env.DB.batch(
    late.map(({ id }, index) =>
      draftSystemMail(env.DB, { kind: 'second-address', about: id, isSaid: index > 0, now }),
    ),
  );
}

/** Asks staff what became of visits, once an hour in which one is over for a day. */
export async function askForResults(env: Env, now: Date): Promise<void> {
  const startsAt = minuteSlot(now, 60);
  await runSlot(env.DB, {
    task: 'results',
    startsAt,
    now,
    draft: async (since) => {
      const askedBy = later(since ?? new Date(0), { hours: -ASK_AFTER_HOURS });
      const ended = await listUnanswered(env, now);
      return ended.some(({ visitEndsAt }) => visitEndsAt > askedBy)
        ? [draftSystemMail(env.DB, { kind: 'results', about: startsAt.toISOString(), now })]
        : [];
    },
  });
}

/** Tells staff of a channel that has failed for some minutes, once an outage. */
export async function notifyOutage(env: Env, now: Date): Promise<void> {
  const since = later(now, { minutes: -OUTAGE_MINUTES });
  const channels = await listChannels(env.DB);
  const failing = channels.flatMap(({ name, failingSince }) =>
    failingSince !== null && failingSince <= since ? [`${name}:${failingSince.toISOString()}`] : [],
  );
  if (failing.length === 0) return;
  await env.DB.batch(
    failing.flatMap((about) => [
      draftSystemMail(env.DB, { kind: 'outage', about, now }),
      insertSystemPush(env.DB, {
        ...{ id: crypto.randomUUID(), kind: 'outage', subjectId: `outage-push:${about}`, now },
        dedupeKey: `outage-push:${about}`,
      }),
    ]),
  );
}

/**
 * Reminds staff of the requests and messages that have waited too long: within a quarter of an hour after the call of one was
 * promised, and each morning.
 */
export async function remindStaff(env: Env, now: Date): Promise<void> {
  const startsAt = minuteSlot(now, NOTICE_MINUTES);
  await runSlot(env.DB, {
    task: 'nudge',
    startsAt,
    now,
    draft: async (since) => {
      const lastRun = since ?? startsAt;
      const { bookings, messages } = await listOverdue(env.DB, now);
      const isMorning = dailySlot(now, REMINDER_TIME) > lastRun;
      const isNew = bookings.some((booking) => (callPromisedBy(booking) ?? now) >= lastRun);
      return bookings.length + messages.length > 0 && (isMorning || isNew)
        ? [draftSystemMail(env.DB, { kind: 'nudge', about: startsAt.toISOString(), now })]
        : [];
    },
  });
}

/** Sends the digest of the evening; where cron did not run for days, only the newest one. */
export async function sendDigest(env: Env, now: Date): Promise<void> {
  const startsAt = dailySlot(now, DIGEST_TIME);
  await runSlot(env.DB, {
    task: 'digest',
    startsAt,
    now,
    lateHours: DIGEST_LATE_HOURS,
    draft: async () => [
      draftSystemMail(env.DB, { kind: 'digest', about: toVietnamDate(startsAt), now }),
    ],
  });
}

/** A system mail (digest, reminder) that a cron task enqueues, at most once per subject. */
interface SystemMailDraft {
  id?: string;
  kind: SystemMailKind;
  /** Distinguishes the mail from others of its kind: a day, an instant, a record's id. */
  about: string;
  /** True where another mail says it, and only that it was said is kept. */
  isSaid?: boolean;
  now: Date;
}

/** Enqueues a system mail; its words are written when it is sent. */
function draftSystemMail(
  db: D1Database,
  { id = crypto.randomUUID(), kind, about, isSaid, now }: SystemMailDraft,
): D1PreparedStatement {
  const subjectId = `${kind}:${about}`;
  return insertSystemMail(db, {
    id,
    kind,
    subjectId,
    dedupeKey: subjectId,
    isSaid,
    dueAt: now,
    now,
  });
}
