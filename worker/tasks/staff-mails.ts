import type { SystemMailKind } from '../store/deliveries.ts';
import { insertSystemMail } from '../store/system-mails.ts';
import { minuteSlot, runSlot, dailySlot } from './slots.ts';
import { bookingRules } from '../../shared/content/catalogue.ts';
import { later, toVietnamDate } from '../../shared/time.ts';
import { waitedFor, listOverdue } from '../records/overdue.ts';
import { listUntouched } from '../store/due.ts';
import { countQuarantinedSince } from '../store/counts.ts';

/** A mail of the house itself that a task of the clock causes, once a subject. */
export interface SystemMailDraft {
  kind: SystemMailKind;
  /** What sets this mail apart from others of its kind: a day, an instant, a record's id. */
  about: string;
  now: Date;
}

/** Drafts a mail of the house itself; its words are found when it is sent. */
export function draftSystemMail(
  db: D1Database,
  { kind, about, now }: SystemMailDraft,
): D1PreparedStatement {
  const subjectId = `${kind}:${about}`;
  return insertSystemMail(db, {
    id: crypto.randomUUID(),
    kind,
    subjectId,
    dedupeKey: subjectId,
    dueAt: now,
    now,
  });
}

/** Minutes within which staff hear of what was put aside: four mails an hour at most. */
const NOTICE_MINUTES = 15;

/** Tells staff of the requests and messages that were put aside since the last quarter of an hour. */
export async function notifyQuarantined(env: Env, now: Date): Promise<void> {
  const startsAt = minuteSlot(now, NOTICE_MINUTES);
  await runSlot(env.DB, {
    task: 'held-notice',
    startsAt,
    now,
    draft: async (since) =>
      (await countQuarantinedSince(env.DB, since ?? new Date(0))) === 0
        ? []
        : [draftSystemMail(env.DB, { kind: 'held', about: startsAt.toISOString(), now })],
  });
}

/** Tells the second address of each request that nobody acted on in the working minutes allowed, once a request. */
export async function notifySecondAddress(env: Env, now: Date): Promise<void> {
  const minutes = bookingRules.secondAddressAfterMinutes;
  if (env.STAFF_SECOND_ADDRESS === '') return;
  const untouched = await listUntouched(env.DB, later(now, { minutes: -minutes }));
  const late = untouched.filter((booking) => waitedFor(booking, now) >= minutes);
  if (late.length === 0) return;
  await env.DB.batch(
    late.map(({ id }) => draftSystemMail(env.DB, { kind: 'second-address', about: id, now })),
  );
}

/** When the nudge is due, in Vietnam. */
const REMINDER_TIME = '07:30';

/** Hours after that in which it is still of use when the clock stood still. */
const REMINDER_LATE_HOURS = 9;

/** Has staff reminded each morning of the requests and messages that waited too long, if there are any. */
export async function remindStaff(env: Env, now: Date): Promise<void> {
  const startsAt = dailySlot(now, REMINDER_TIME);
  await runSlot(env.DB, {
    task: 'nudge',
    startsAt,
    now,
    lateHours: REMINDER_LATE_HOURS,
    draft: async () => {
      const { bookings, messages } = await listOverdue(env.DB, now);
      return bookings.length + messages.length === 0
        ? []
        : [draftSystemMail(env.DB, { kind: 'nudge', about: toVietnamDate(startsAt), now })];
    },
  });
}

/** When the digest is due, in Vietnam. */
const DIGEST_TIME = '18:00';

/** Hours after that in which it is still of use when the clock stood still. */
const DIGEST_LATE_HOURS = 20;

/** Has the digest of the evening sent; after a gap only the newest one. */
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
