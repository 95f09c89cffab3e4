import { type Actor, type MessageMove, messageMoves } from '../../shared/states.ts';
import { type Change, insertEvent } from './events.ts';
import type { Message } from './messages.ts';

/** A message's move as it is written. */
export interface MessageMoveDraft {
  message: Message;
  move: MessageMove;
  actor: Actor;
  now: Date;
  keyEndsAt: Date;
}

/** Writes a message's move with its event in one batch; `stale` where the message has changed meanwhile, and then nothing is written. */
export async function writeMessageMove(
  db: D1Database,
  draft: MessageMoveDraft,
): Promise<'done' | 'stale'> {
  const change: Change = {
    table: 'messages',
    subjectId: draft.message.id,
    eventId: crypto.randomUUID(),
    at: draft.now,
  };
  const [updated] = await db.batch([
    updateMessage(db, change, draft),
    insertEvent(db, change, { type: draft.move, actor: draft.actor, reason: null }),
  ]);
  return updated?.meta.changes === 1 ? 'done' : 'stale';
}

function updateMessage(
  db: D1Database,
  change: Change,
  { message, move, now, keyEndsAt }: MessageMoveDraft,
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
      messageMoves[move].to,
      keyEndsAt.toISOString(),
      message.version,
      JSON.stringify(messageMoves[move].from),
    );
}
