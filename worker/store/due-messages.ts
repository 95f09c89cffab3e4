import { type Message, MessageRowSchema } from './messages.ts';
import { readRows } from './rows.ts';

/** Held messages, the oldest first. */
export function listHeldMessages(db: D1Database): Promise<Message[]> {
  return list(
    db.prepare(
      `select * from messages where state = 'held' and erased_at is null order by state_at`,
    ),
  );
}

/** Open messages, the one that is due first first. */
export function listOpenMessages(db: D1Database): Promise<Message[]> {
  return list(
    db.prepare(
      `select * from messages where state = 'open' and erased_at is null order by due_on, created_at`,
    ),
  );
}

/** Requests about personal data that had their first reply and wait for what was asked, oldest first. */
export function listAnsweredRequests(db: D1Database): Promise<Message[]> {
  return list(
    db.prepare(
      `select * from messages where state = 'answered' and kind = 'privacy' and erased_at is null
       order by created_at`,
    ),
  );
}

/** Held messages that were put aside at or before an instant, oldest first. */
export function listLongHeldMessages(
  db: D1Database,
  heldBy: Date,
  limit: number,
): Promise<Message[]> {
  return list(
    db
      .prepare(
        `select * from messages where state = 'held' and state_at <= ?1 and erased_at is null
         order by state_at limit ?2`,
      )
      .bind(heldBy.toISOString(), limit),
  );
}

async function list(statement: D1PreparedStatement): Promise<Message[]> {
  const { results } = await statement.all();
  return readRows(MessageRowSchema, results);
}
