import * as v from 'valibot';
import { legalDeadlines } from '../../shared/privacy/register.ts';
import { type Actor, type MessageTransition, messageTransitions } from '../../shared/states.ts';
import { addDays, fromVietnam, toVietnamDate } from '../../shared/time.ts';
import { writeChange } from './batch.ts';
import { type Change, insertEvent } from './events.ts';
import type { Message } from './messages.ts';
import { instant, readRow, readRows } from './rows.ts';

/** A message's transition about to be written. */
interface MessageTransitionDraft {
  message: Message;
  transition: MessageTransition;
  actor: Actor;
  now: Date;
  keyEndsAt: Date;
}

/** Writes a message's transition with its event in one batch. `stale` where the message has changed meanwhile; then nothing is written. */
export async function writeMessageTransition(
  db: D1Database,
  draft: MessageTransitionDraft,
): Promise<'done' | 'stale'> {
  const change: Change = {
    table: 'messages',
    subjectId: draft.message.id,
    eventId: crypto.randomUUID(),
    at: draft.now,
  };
  const isDone = await writeChange(db, change, [
    updateMessage(db, change, draft),
    insertEvent(db, change, { type: draft.transition, actor: draft.actor, reason: null }),
  ]);
  return isDone ? 'done' : 'stale';
}

function updateMessage(
  db: D1Database,
  change: Change,
  { message, transition, now, keyEndsAt }: MessageTransitionDraft,
): D1PreparedStatement {
  return db
    .prepare(
      `update messages set state = ?4, state_at = ?3, version = version + 1, last_event_id = ?2, key_ends_at = ?5
       where id = ?1 and version = ?6 and state in (select value from json_each(?7)) and erased_at is null`,
    )
    .bind(
      change.subjectId,
      change.eventId,
      now.toISOString(),
      messageTransitions[transition].to,
      keyEndsAt.toISOString(),
      message.version,
      JSON.stringify(messageTransitions[transition].from),
    );
}

/** The event type of an extension. */
const EXTEND = 'extend';

const ExtensionSchema = v.object({ reason: v.string(), at: instant });

/** When and why staff extended the time for a privacy request; the reason is one of a fixed list. */
export type Extension = v.InferOutput<typeof ExtensionSchema>;

/** The start of the longest legal deadline that is not over today. A message from before it can no longer be extended. */
export function extendableFrom(now: Date): Date {
  return fromVietnam(addDays(toVietnamDate(now), -legalDeadlines.erase.days), '00:00');
}

/**
 * Extends the time for a privacy request that had its first reply, once, with an event that says why. `stale` where the message
 * has changed meanwhile, its time is over or it was extended before.
 */
export async function writeExtension(
  db: D1Database,
  { message, reason, now }: { message: Message; reason: string; now: Date },
): Promise<'done' | 'stale'> {
  const eventId = crypto.randomUUID();
  const change: Change = { table: 'messages', subjectId: message.id, eventId, at: now };
  const isDone = await writeChange(db, change, [
    db
      .prepare(
        `update messages set version = version + 1, last_event_id = ?2
         where id = ?1 and version = ?3 and kind = 'privacy' and state = 'answered' and erased_at is null
           and created_at >= ?4
           and not exists (select 1 from events where subject_id = ?1 and type = '${EXTEND}')`,
      )
      .bind(message.id, eventId, message.version, extendableFrom(now).toISOString()),
    insertEvent(db, change, { type: EXTEND, actor: 'staff', reason }),
  ]);
  return isDone ? 'done' : 'stale';
}

/** The extension of a message's time, or null where there is none. */
export async function findExtension(db: D1Database, messageId: string): Promise<Extension | null> {
  const row = await db
    .prepare(`select reason, at from events where subject_id = ? and type = '${EXTEND}'`)
    .bind(messageId)
    .first();
  return readRow(ExtensionSchema, row);
}

/** Ids of the answered privacy requests whose time was extended. */
export async function listExtended(db: D1Database): Promise<ReadonlySet<string>> {
  const { results } = await db
    .prepare(
      `select subject_id from events where type = '${EXTEND}' and subject_id in (
         select id from messages where state = 'answered' and kind = 'privacy' and erased_at is null)`,
    )
    .all();
  const rows = readRows(v.object({ subject_id: v.string() }), results);
  return new Set(rows.map(({ subject_id: id }) => id));
}
