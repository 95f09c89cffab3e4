import * as v from 'valibot';
import { later } from '../../shared/time.ts';
import { dispatchEvents } from '../../shared/jobs/dispatch.ts';
import type { Change } from './events.ts';
import { HOUR_LIST } from './reserved-values.ts';
import { instant, readRow } from './rows.ts';

/** Delivery channels: dispatch webhook, mail to staff, mail to a customer, push to staff, letter to a subscriber. Each fails, stops and is resumed by itself. */
export const channels = [
  'dispatch',
  'staff-email',
  'customer-email',
  'staff-push',
  'letter',
] as const;

export type Channel = (typeof channels)[number];

/** What a delivery can be, as `deliveries.kind` says it. Mail to staff is about a booking, about a message or of the system itself. */
export const deliveryKinds = {
  dispatch: dispatchEvents,
  staffBooking: ['booking.requested', 'booking.changed', 'booking.cancelled', 'booking.photos'],
  staffMessage: ['message.received', 'message.photos'],
  system: [
    ...(['digest', 'nudge', 'held', 'hour-list', 'second-address', 'staff-link', 'dead'] as const),
    ...(['results', 'outage', 'bank-account', 'owner-link'] as const),
  ],
  customer: [
    'booking.received',
    'booking.confirmed',
    'booking.changed',
    'booking.cancelled',
    'booking.reminder',
  ],
  plan: ['plan.open-dates'],
  push: ['booking.requested', 'booking.changed', 'booking.cancelled'],
  confirmation: ['letter.confirm'],
  letter: ['letter.issue'],
  pushMessage: ['message.received'],
} as const;

type Kind<Group extends keyof typeof deliveryKinds> = (typeof deliveryKinds)[Group][number];

export type DeliveryKind = Kind<keyof typeof deliveryKinds>;

/** A mail that the system writes to staff of its own accord: digest, reminder, notice. */
export type SystemMailKind = Kind<'system'>;

/** A row of `deliveries`. Its kind may be one that only another version of this code knows. */
export const DeliveryRowSchema = v.pipe(
  v.object({
    id: v.string(),
    subject_kind: v.picklist(['booking', 'message', 'plan', 'system', 'subscriber']),
    subject_id: v.string(),
    channel: v.picklist(channels),
    kind: v.string(),
    version: v.number(),
    status: v.picklist(['waiting', 'due', 'sending', 'delivered', 'dead', 'superseded']),
    after_id: v.nullable(v.string()),
    attempts: v.number(),
    next_attempt_at: instant,
    lease_ends_at: v.nullable(instant),
    last_attempt_at: v.nullable(instant),
    last_result: v.nullable(v.string()),
    mail_subject: v.nullable(v.string()),
    dedupe_key: v.nullable(v.string()),
    created_at: instant,
    settled_at: v.nullable(instant),
  }),
  v.transform((row) => ({
    id: row.id,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    channel: row.channel,
    kind: row.kind,
    version: row.version,
    status: row.status,
    afterId: row.after_id,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    leaseEndsAt: row.lease_ends_at,
    lastAttemptAt: row.last_attempt_at,
    lastResult: row.last_result,
    /** The subject that the mail's first attempt had. */
    mailSubject: row.mail_subject,
    dedupeKey: row.dedupe_key,
    createdAt: row.created_at,
    endedAt: row.settled_at,
  })),
);

/** One outgoing webhook or e-mail as stored, tracked to the end. */
export type DeliveryRow = v.InferOutput<typeof DeliveryRowSchema>;

const PurposeSchema = v.union([
  purposeSchema('booking', 'dispatch', deliveryKinds.dispatch),
  purposeSchema('booking', 'staff-email', deliveryKinds.staffBooking),
  purposeSchema('booking', 'customer-email', deliveryKinds.customer),
  purposeSchema('plan', 'customer-email', deliveryKinds.plan),
  purposeSchema('message', 'staff-email', deliveryKinds.staffMessage),
  purposeSchema('system', 'staff-email', deliveryKinds.system),
  purposeSchema('booking', 'staff-push', deliveryKinds.push),
  purposeSchema('message', 'staff-push', deliveryKinds.pushMessage),
  purposeSchema('system', 'staff-push', ['outage']),
  purposeSchema('subscriber', 'customer-email', deliveryKinds.confirmation),
  purposeSchema('subscriber', 'letter', deliveryKinds.letter),
]);

function purposeSchema<
  Subject extends DeliveryRow['subjectKind'],
  By extends Channel,
  const Kinds extends readonly DeliveryKind[],
>(subject: Subject, channel: By, kinds: Kinds) {
  return v.object({
    subjectKind: v.literal(subject),
    channel: v.literal(channel),
    kind: v.picklist(kinds),
  });
}

/** A delivery that can be sent: its kind is one of its channel and subject. */
export type Delivery = Omit<DeliveryRow, keyof Purpose> & Purpose;
type Purpose = v.InferOutput<typeof PurposeSchema>;

/** A delivery of one channel. */
export type DeliveryBy<By extends Channel> = Extract<Delivery, { channel: By }>;

/** The delivery of a row; throws where the kind is unknown. */
export function readDelivery(row: DeliveryRow): Delivery {
  return { ...row, ...v.parse(PurposeSchema, row) };
}

/** Kinds of the deliveries that a change of a record causes. */
interface CausedKinds extends Record<Channel, DeliveryKind> {
  dispatch: Kind<'dispatch'>;
  'staff-email': Kind<'staffBooking' | 'staffMessage'>;
  'customer-email': Kind<'customer'>;
  letter: never;
  'staff-push': Kind<'push' | 'pushMessage'>;
}

/** A delivery of one channel, about to be written beside the change of a record that causes it. */
export interface NewDeliveryBy<By extends Channel> {
  id: string;
  channel: By;
  kind: CausedKinds[By];
  /** Added to the version that the change gives the record: a cancellation followed by an erasure goes out with -1. */
  versionOffset: number;
  /** First attempt; later than now while staff can still undo. */
  dueAt: Date;
  /** The delivery that must be finished first, or null. */
  afterId: string | null;
  /** Of a mail to staff: how many of its kind an hour has before further ones stand in a list. Absent: as many as there are. */
  hourLimit?: number;
  /** Of a push: the mail that it goes with. It is written where that has no list to wait for and there is a phone to tell. */
  withMailId?: string;
}

export type NewDelivery = { [By in Channel]: NewDeliveryBy<By> }[Channel];

/** Writes a delivery of a record that a given event just changed. Of a quarantined one nobody hears, but dispatch of its end. */
export function insertDelivery(
  db: D1Database,
  change: Change,
  delivery: NewDelivery,
): D1PreparedStatement {
  // Where an hour has its mails to staff, the next one waits for the list of the hour.
  const isFull = `(select count(*) from (
    select 1 from deliveries where channel = 'staff-email' and subject_kind <> 'system' and after_id is null
      and created_at > ?13 limit coalesce(?12, 0)
  )) >= ?12`;
  return db
    .prepare(
      `insert into deliveries (id, subject_kind, subject_id, channel, kind, version, status, after_id, attempts, next_attempt_at, created_at)
       select ?3, ?4, id, ?5, ?6, version + ?7, case when ${isFull} then 'waiting' else ?8 end,
         case when ${isFull} then '${HOUR_LIST}' else ?9 end, 0, ?10, ?11 from ${change.table}
       where id = ?1 and last_event_id = ?2
         and (state not in ('held', 'dropped') or ?6 in ('job.cancelled', 'job.erased'))
         and (?14 is null or (exists (select 1 from push_phones)
           and exists (select 1 from deliveries mail where mail.id = ?14 and mail.status = 'due')))`,
    )
    .bind(
      change.subjectId,
      change.eventId,
      delivery.id,
      change.table === 'bookings' ? 'booking' : 'message',
      delivery.channel,
      delivery.kind,
      delivery.versionOffset,
      delivery.afterId === null ? 'due' : 'waiting',
      delivery.afterId,
      delivery.dueAt.toISOString(),
      change.at.toISOString(),
      delivery.hourLimit ?? null,
      later(change.at, { hours: -1 }).toISOString(),
      delivery.withMailId ?? null,
    );
}

export async function findDelivery(db: D1Database, id: string): Promise<Delivery | null> {
  const found = await db.prepare('select * from deliveries where id = ?').bind(id).first();
  const row = readRow(DeliveryRowSchema, found);
  return row === null ? null : readDelivery(row);
}

/**
 * Marks older undelivered rows of a record and channel `superseded`, dead letters included: the newer ones carry all they would
 * have said. A row being sent is left to finish.
 */
export function supersedeOlder(
  db: D1Database,
  change: Change,
  superseded: { channel: Channel; byIds: readonly string[]; keptKinds?: readonly DeliveryKind[] },
): D1PreparedStatement {
  return db
    .prepare(
      `update deliveries set status = 'superseded', settled_at = ?3
       where subject_id = ?1 and channel = ?4 and status in ('due', 'waiting', 'dead')
         and id not in (select value from json_each(?5)) and kind not in (select value from json_each(?6))
         and exists (select 1 from ${change.table} where id = ?1 and last_event_id = ?2)`,
    )
    .bind(
      change.subjectId,
      change.eventId,
      change.at.toISOString(),
      superseded.channel,
      JSON.stringify(superseded.byIds),
      JSON.stringify(superseded.keptKinds ?? []),
    );
}

/** Deletes a delivery just written where nothing of its record was ever sent on its channel: there is nothing to cancel or erase. */
export function dropIfNeverAttempted(
  db: D1Database,
  change: Change,
  delivery: Pick<NewDelivery, 'id' | 'channel'>,
): D1PreparedStatement {
  return db
    .prepare(
      `delete from deliveries where id = ?1 and not exists (
         select 1 from deliveries sent where sent.subject_id = ?2 and sent.channel = ?3 and sent.attempts > 0
       )`,
    )
    .bind(delivery.id, change.subjectId, delivery.channel);
}
