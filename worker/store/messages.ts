import * as v from 'valibot';
import { languages } from '../../shared/languages.ts';
import { messageStates } from '../../shared/states.ts';
import { insertGuarded, type RepeatKeys, type SealedSubmission } from './repeats.ts';
import type { SenderLimits } from './sender-limits.ts';
import { blob, instant, readRow } from './rows.ts';

/** A row of `messages` as D1 gives it, turned into a Message. */
export const MessageRowSchema = v.pipe(
  v.object({
    id: v.string(),
    code: v.string(),
    state: v.picklist(messageStates),
    state_at: instant,
    version: v.number(),
    kind: v.picklist(['question', 'quote', 'complaint', 'privacy']),
    lang: v.picklist(languages),
    booking_code: v.nullable(v.string()),
    due_on: v.string(),
    genuine: v.nullable(v.number()),
    hold_reason: v.nullable(v.string()),
    sealed: blob,
    key_ends_at: instant,
    erased_at: v.nullable(instant),
    created_at: instant,
  }),
  v.transform((row) => ({
    id: row.id,
    code: row.code,
    state: row.state,
    stateAt: row.state_at,
    version: row.version,
    kind: row.kind,
    lang: row.lang,
    bookingCode: row.booking_code,
    dueOn: row.due_on,
    /** Whether a complaint is known to be by the booking's customer. */
    isGenuine: row.genuine === 1,
    holdReason: row.hold_reason,
    sealed: row.sealed,
    keyEndsAt: row.key_ends_at,
    erasedAt: row.erased_at,
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
  | 'lang'
  | 'bookingCode'
  | 'dueOn'
  | 'isGenuine'
  | 'holdReason'
  | 'keyEndsAt'
  | 'createdAt'
> & { lastEventId: string; repeatKeys: RepeatKeys; limits: SenderLimits | null };

/** Inserts a message under the guard of `insertGuarded`. */
export function insertMessage(
  db: D1Database,
  message: NewMessage,
  submission: SealedSubmission,
): D1PreparedStatement {
  const now = message.createdAt.toISOString();
  return insertGuarded(db, {
    table: 'messages',
    state: 'open',
    columns: {
      id: message.id,
      code: message.code,
      state_at: now,
      version: 1,
      last_event_id: message.lastEventId,
      kind: message.kind,
      lang: message.lang,
      booking_code: message.bookingCode,
      due_on: message.dueOn,
      genuine: message.isGenuine ? 1 : null,
      key_ends_at: message.keyEndsAt.toISOString(),
      created_at: now,
    },
    submission,
    holdReason: message.holdReason,
    limits: message.limits,
    keys: message.repeatKeys,
  });
}

/** The statement that reads the message of a code, to be batched with what else is read. */
export function selectMessageByCode(db: D1Database, code: string): D1PreparedStatement {
  return db.prepare('select * from messages where code = ?').bind(code);
}

export async function findMessageByCode(db: D1Database, code: string): Promise<Message | null> {
  return readRow(MessageRowSchema, await selectMessageByCode(db, code).first());
}

/** Codes that staff may type on one message's page to open other records. */
export const TYPED_CODES_MAX = 10;

/** Counts a code that staff typed on a message's page, before it is looked up; false where the message has none left. */
export async function countTypedCode(db: D1Database, id: string): Promise<boolean> {
  const { meta } = await db
    .prepare('update messages set codes_typed = codes_typed + 1 where id = ?1 and codes_typed < ?2')
    .bind(id, TYPED_CODES_MAX)
    .run();
  return meta.changes === 1;
}

/** Takes a typed code back that could not be looked up. */
export async function returnTypedCode(db: D1Database, id: string): Promise<void> {
  await db
    .prepare('update messages set codes_typed = codes_typed - 1 where id = ?1 and codes_typed > 0')
    .bind(id)
    .run();
}

export async function findMessage(db: D1Database, id: string): Promise<Message | null> {
  return readRow(
    MessageRowSchema,
    await db.prepare('select * from messages where id = ?').bind(id).first(),
  );
}

/** Marks a complaint as written by the customer of the booking that it names. */
export async function markGenuine(db: D1Database, id: string): Promise<void> {
  await db
    .prepare('update messages set genuine = 1 where id = ? and erased_at is null')
    .bind(id)
    .run();
}
