import { type Actor, type MessageTransition, messageTransitions } from '../../shared/states.ts';
import { type Change, insertEvent } from './events.ts';
import type { Message } from './messages.ts';
import { legalDeadlines } from '../../shared/privacy/register.ts';
import { addDays, fromVietnam, toVietnamDate } from '../../shared/time.ts';
import { instant, readRow } from './rows.ts';
import * as v from 'valibot';

/** A message's move as it is written. */
export interface MessageTransitionDraft {
  message: Message;
  transition: MessageTransition;
  actor: Actor;
  now: Date;
  keyEndsAt: Date;
}

/** Writes a message's move with its event in one batch; `stale` where the message has changed meanwhile, and then nothing is written. */
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
  const [updated] = await db.batch([
    updateMessage(db, change, draft),
    insertEvent(db, change, { type: draft.transition, actor: draft.actor, reason: null }),
  ]);
  return updated?.meta.changes === 1 ? 'done' : 'stale';
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

const TYPE = 'extend';

const ExtensionSchema = v.object({ reason: v.string(), at: instant });

/** That staff extended the time for a request about personal data: why, by a fixed list, and when. */
export type Extension = v.InferOutput<typeof ExtensionSchema>;

/** The earliest instant at which a message can have come in and its longest clock not be over today: later nothing is extended. */
export function extendableFrom(now: Date): Date {
  return fromVietnam(addDays(toVietnamDate(now), -legalDeadlines.erase.days), '00:00');
}

/**
 * Extends the time for a request about personal data that had its first reply, with an event that says why. `stale` where the
 * message has changed meanwhile, its time is over or it was extended before: once is all.
 */
export async function writeExtension(
  db: D1Database,
  { message, reason, now }: { message: Message; reason: string; now: Date },
): Promise<'done' | 'stale'> {
  const eventId = crypto.randomUUID();
  const change: Change = { table: 'messages', subjectId: message.id, eventId, at: now };
  const [updated] = await db.batch([
    db
      .prepare(
        `update messages set version = version + 1, last_event_id = ?2
         where id = ?1 and version = ?3 and kind = 'privacy' and state = 'answered' and erased_at is null
           and created_at >= ?4
           and not exists (select 1 from events where subject_id = ?1 and type = '${TYPE}')`,
      )
      .bind(message.id, eventId, message.version, extendableFrom(now).toISOString()),
    insertEvent(db, change, { type: TYPE, actor: 'staff', reason }),
  ]);
  return updated?.meta.changes === 1 ? 'done' : 'stale';
}

/** The extension of a message's time, or null where there is none. */
export async function findExtension(db: D1Database, messageId: string): Promise<Extension | null> {
  const row = await db
    .prepare(`select reason, at from events where subject_id = ? and type = '${TYPE}'`)
    .bind(messageId)
    .first();
  return readRow(ExtensionSchema, row);
}
