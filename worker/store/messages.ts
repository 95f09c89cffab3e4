import * as v from 'valibot';
import { messageStates } from '../../shared/states.ts';
import { later } from '../../shared/time.ts';
import type { KeyedHash } from '../signing/tokens.ts';
import { blob, instant, readRow } from './rows.ts';

/** Minutes in which the same content counts as the same message, whatever the intent. */
const REPEAT_MINUTES = 10;
/** Live messages of one phone in a day from which on a further one is held. */
const PHONE_DAILY_LIMIT = 10;
/** States against which a repeated message counts as the same one. */
const LIVE = "'held', 'open'";

/** A row of `messages` as D1 gives it, turned into a Message. */
export const MessageRowSchema = v.pipe(
  v.object({
    id: v.string(),
    code: v.string(),
    state: v.picklist(messageStates),
    state_at: instant,
    version: v.number(),
    kind: v.picklist(['question', 'quote', 'complaint', 'privacy']),
    booking_code: v.nullable(v.string()),
    due_on: v.string(),
    hold_reason: v.nullable(v.string()),
    sealed: blob,
    key_ends_at: instant,
    erased_at: v.nullable(instant),
    content_hash: v.nullable(v.string()),
    created_at: instant,
  }),
  v.transform((row) => ({
    id: row.id,
    code: row.code,
    state: row.state,
    stateAt: row.state_at,
    version: row.version,
    kind: row.kind,
    bookingCode: row.booking_code,
    dueOn: row.due_on,
    holdReason: row.hold_reason,
    sealed: row.sealed,
    keyEndsAt: row.key_ends_at,
    erasedAt: row.erased_at,
    contentHash: row.content_hash,
    createdAt: row.created_at,
  })),
);

/** A contact message as stored; its personal details are in `sealed`. */
export type Message = v.InferOutput<typeof MessageRowSchema>;

/** A message about to be stored. */
export type NewMessage = Pick<
  Message,
  | 'id'
  | 'code'
  | 'kind'
  | 'bookingCode'
  | 'dueOn'
  | 'holdReason'
  | 'sealed'
  | 'keyEndsAt'
  | 'createdAt'
> & { eventId: string; intent: string | null; contentHash: KeyedHash; phoneHash: KeyedHash | null };

/** The insert under its guard, as for bookings: no second row for the same content or a used intent. */
export function insertMessage(db: D1Database, message: NewMessage): D1PreparedStatement {
  const now = message.createdAt;
  return db
    .prepare(
      `insert into messages (id, code, state, state_at, version, last_event_id, kind, booking_code, due_on, hold_reason,
         sealed, key_ends_at, intent, content_hash, phone_hash, created_at)
       select ?1, ?2, case when reason is null then 'open' else 'held' end, ?3, 1, ?4, ?5, ?6, ?7, reason,
         ?9, ?10, ?11, ?12, ?13, ?3
       from (select coalesce(?8, case when (
           select count(*) from messages where phone_hash in (select value from json_each(?17)) and created_at > ?14 and +state in (${LIVE})
         ) >= ${PHONE_DAILY_LIMIT} then 'phone' end) as reason)
       where not exists (
         select 1 from messages where content_hash in (select value from json_each(?16)) and created_at > ?15 and +state in (${LIVE})
       ) and not exists (select 1 from messages where intent = ?11 and +state in (${LIVE}))`,
    )
    .bind(
      message.id,
      message.code,
      now.toISOString(),
      message.eventId,
      message.kind,
      message.bookingCode,
      message.dueOn,
      message.holdReason,
      message.sealed,
      message.keyEndsAt.toISOString(),
      message.intent,
      message.contentHash.newest,
      message.phoneHash?.newest ?? null,
      later(now, { days: -1 }).toISOString(),
      later(now, { minutes: -REPEAT_MINUTES }).toISOString(),
      JSON.stringify(message.contentHash.live),
      JSON.stringify(message.phoneHash?.live ?? []),
    );
}

/** The live message that a refused insert repeats; `same` tells whether its whole content was sent again. */
export async function findRepeatedMessage(
  db: D1Database,
  message: Pick<NewMessage, 'intent' | 'contentHash' | 'createdAt'>,
): Promise<{ same: boolean; message: Message } | null> {
  const since = later(message.createdAt, { minutes: -REPEAT_MINUTES }).toISOString();
  const row = await db
    .prepare(
      `select * from messages
       where +state in (${LIVE}) and (intent = ?1 or (content_hash in (select value from json_each(?2)) and created_at > ?3))
       order by content_hash in (select value from json_each(?2)) desc limit 1`,
    )
    .bind(message.intent, JSON.stringify(message.contentHash.live), since)
    .first();
  const found = readRow(MessageRowSchema, row);
  return found === null
    ? null
    : { same: message.contentHash.live.includes(found.contentHash ?? ''), message: found };
}

/** The message of a code, or null. */
export async function findMessageByCode(db: D1Database, code: string): Promise<Message | null> {
  return readRow(
    MessageRowSchema,
    await db.prepare('select * from messages where code = ?').bind(code).first(),
  );
}

/** The message of an id, or null. */
export async function findMessage(db: D1Database, id: string): Promise<Message | null> {
  return readRow(
    MessageRowSchema,
    await db.prepare('select * from messages where id = ?').bind(id).first(),
  );
}
