import * as v from 'valibot';
import { type Actor, actors, type BookingState, bookingStates } from '../../shared/states.ts';
import { instant, readRow, readRows } from './rows.ts';

/** The table of a record. */
export type SubjectTable = 'bookings' | 'messages' | 'plans';

/** A change under way: statements of its batch take effect only if the record has its event as `last_event_id`. */
export interface Change {
  table: SubjectTable;
  subjectId: string;
  eventId: string;
  at: Date;
}

interface EventDraft {
  type: string;
  actor: Actor;
  /** A reason from a fixed list, never free text. */
  reason: string | null;
}

/** Writes the event of a change if the change took place, with state and version as the record has them now. */
export function insertEvent(
  db: D1Database,
  change: Change,
  event: EventDraft,
): D1PreparedStatement {
  return db
    .prepare(
      `insert into events (id, subject_id, type, actor, state, version, reason, at)
       select ?2, id, ?3, ?4, state, version, ?5, ?6 from ${change.table} where id = ?1 and last_event_id = ?2`,
    )
    .bind(
      change.subjectId,
      change.eventId,
      event.type,
      event.actor,
      event.reason,
      change.at.toISOString(),
    );
}

const EventRowSchema = v.object({
  type: v.string(),
  actor: v.picklist(actors),
  state: v.string(),
  version: v.number(),
  reason: v.nullable(v.string()),
  at: instant,
});

/** Something that happened to a record; nothing of the person is in it. */
export type RecordEvent = v.InferOutput<typeof EventRowSchema>;

/** The newest event that says how a request stands. An erasure that left its state as it was and the choice of a crew are passed over. */
export function findNewest(events: readonly RecordEvent[]): RecordEvent | undefined {
  const telling = events.filter(({ type }) => type !== 'assign');
  const [before, last] = [telling.at(-2), telling.at(-1)];
  const isErasure = last?.type === 'erase' || last?.type === 'end';
  return isErasure && before?.state === last.state ? before : last;
}

/** Everything that happened to a record, oldest first. */
export async function listEvents(db: D1Database, subjectId: string): Promise<RecordEvent[]> {
  const { results } = await db
    .prepare('select * from events where subject_id = ? order by version, at')
    .bind(subjectId)
    .all();
  return readRows(EventRowSchema, results);
}

/** Everything that happened to the bookings of a day, by booking, oldest first. */
export async function listDayEvents(
  db: D1Database,
  date: string,
): Promise<Map<string, RecordEvent[]>> {
  const { results } = await db
    .prepare(
      `select * from events where subject_id in (select id from bookings where visit_date = ?)
       order by version, at`,
    )
    .bind(date)
    .all<{ subject_id: string }>();
  const ofBooking = Map.groupBy(results, ({ subject_id: id }) => id);
  return new Map([...ofBooking].map(([id, rows]) => [id, readRows(EventRowSchema, rows)]));
}

/** The state that a booking had before staff cancelled it; undefined where its newest event is another one. */
export async function findFormerState(
  db: D1Database,
  { id, version }: { id: string; version: number },
): Promise<BookingState | undefined> {
  const row = await db
    .prepare(
      `select before.state from events last join events before on before.subject_id = last.subject_id
       where last.subject_id = ?1 and last.version = ?2 and last.type = 'cancel' and last.actor in ('staff', 'company')
         and before.version < last.version
       order by before.version desc limit 1`,
    )
    .bind(id, version)
    .first();
  return readRow(v.object({ state: v.picklist(bookingStates) }), row)?.state;
}
