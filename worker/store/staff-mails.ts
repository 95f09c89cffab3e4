import { readPushKeys } from '../../shared/push-keys.ts';
import { type Booking, BookingRowSchema } from './bookings.ts';
import { deliveryKinds, type NewDelivery, type NewDeliveryBy } from './deliveries.ts';
import { type Message, MessageRowSchema } from './messages.ts';
import { HOUR_LIST } from './reserved-values.ts';
import { readRows } from './rows.ts';

/** Whether mails to staff wait for a list. */
export async function hasMailsForList(db: D1Database): Promise<boolean> {
  const row = await db
    .prepare(
      `select 1 from deliveries where after_id = '${HOUR_LIST}' and channel = 'staff-email' and status = 'waiting' limit 1`,
    )
    .first();
  return row !== null;
}

/** Hands the mails that wait for a list over to a system mail, if that was written: they are not sent by themselves any more. */
export function handOverToList(db: D1Database, mailId: string, now: Date): D1PreparedStatement {
  return db
    .prepare(
      `update deliveries set after_id = ?1, status = 'superseded', settled_at = ?2, last_result = 'listed'
       where after_id = '${HOUR_LIST}' and channel = 'staff-email' and status = 'waiting'
         and exists (select 1 from deliveries list where list.id = ?1)`,
    )
    .bind(mailId, now.toISOString());
}

/** The records whose mails were handed over to a list, as they are now; each once, oldest first. */
export async function listSubjectsOfList(
  db: D1Database,
  mailId: string,
  limit: number,
): Promise<{ bookings: Booking[]; messages: Message[] }> {
  const [bookings, messages] = await db.batch(
    (['bookings', 'messages'] as const).map((table) =>
      db
        .prepare(
          `select * from ${table} where erased_at is null and id in (
             select subject_id from deliveries where after_id = ?1 and channel = 'staff-email'
           ) order by created_at limit ?2`,
        )
        .bind(mailId, limit),
    ),
  );
  return {
    bookings: readRows(BookingRowSchema, bookings?.results ?? []),
    messages: readRows(MessageRowSchema, messages?.results ?? []),
  };
}

/**
 * Deliveries of which the mails to staff know the limit of the settings. Where push is on, each mail about what a customer did
 * has a push beside it.
 */
export function limitStaffMails(
  env: { STAFF_MAIL_LIMIT: string; VAPID_KEYS?: string },
  deliveries: readonly NewDelivery[],
): NewDelivery[] {
  const hourLimit = Number(env.STAFF_MAIL_LIMIT);
  const hasPush = readPushKeys(env.VAPID_KEYS).length > 0;
  return deliveries.flatMap((delivery): NewDelivery[] => {
    if (delivery.channel !== 'staff-email') return [delivery];
    const mail = { ...delivery, hourLimit };
    return hasPush && isPushKind(delivery.kind)
      ? [mail, pushBeside(delivery, delivery.kind)]
      : [mail];
  });
}

type PushKind = NewDeliveryBy<'staff-push'>['kind'];

const pushKinds: readonly string[] = [...deliveryKinds.push, ...deliveryKinds.pushMessage];

function isPushKind(kind: string): kind is PushKind {
  return pushKinds.includes(kind);
}

function pushBeside(
  mail: NewDeliveryBy<'staff-email'>,
  kind: PushKind,
): NewDeliveryBy<'staff-push'> {
  return { ...mail, id: crypto.randomUUID(), channel: 'staff-push', kind, withMailId: mail.id };
}
