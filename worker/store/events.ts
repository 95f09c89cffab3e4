import type { Actor } from '../../shared/states.ts';

/** The table of a record. */
export type SubjectTable = 'bookings' | 'messages';

/** A change of a record: the event that marks it, what it is called and who did it. */
export interface Change {
  subjectId: string;
  eventId: string;
  type: string;
  actor: Actor;
  /** A reason from a fixed list, never free text. */
  reason: string | null;
  at: Date;
}

/** Writes the event of a change, if the change took place: state and version are read from the record itself. */
export function insertEvent(
  db: D1Database,
  table: SubjectTable,
  change: Change,
): D1PreparedStatement {
  return db
    .prepare(
      `insert into events (id, subject_id, type, actor, state, version, reason, at)
       select ?2, id, ?3, ?4, state, version, ?5, ?6 from ${table} where id = ?1 and last_event_id = ?2`,
    )
    .bind(
      change.subjectId,
      change.eventId,
      change.type,
      change.actor,
      change.reason,
      change.at.toISOString(),
    );
}
