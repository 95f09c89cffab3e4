import { isServiceFailure, isTransient, UncertainError } from '../base/failures.ts';
import type { Change } from './events.ts';

/** Runs a batch that writes the same when it runs twice: once more where D1 was reset or lost the connection. */
export async function runBatch(
  db: D1Database,
  statements: D1PreparedStatement[],
): Promise<D1Result[]> {
  try {
    return await db.batch(statements);
  } catch (error) {
    if (!isTransient(error)) throw error;
    return db.batch(statements);
  }
}

/**
 * Writes a change in one batch, whose first statement writes the record under a guard and whose others follow from it. Returns
 * whether the change took place. A batch without an answer may have been stored all the same: its event says so, and a second
 * run of it stores nothing twice, since the guard or the event's id refuses it.
 */
export async function writeChange(
  db: D1Database,
  change: Pick<Change, 'eventId'>,
  statements: D1PreparedStatement[],
): Promise<boolean> {
  try {
    return isChanged(await db.batch(statements));
  } catch (error) {
    if (!isServiceFailure(error)) throw error;
    if (!isTransient(error)) return (await isStored(db, change)) || raise(error);
  }
  try {
    return isChanged(await db.batch(statements)) || (await isStored(db, change));
  } catch (error) {
    return (await isStored(db, change)) || raise(error);
  }
}

function isChanged([first]: readonly D1Result[]): boolean {
  return first?.meta.changes === 1;
}

async function isStored(db: D1Database, { eventId }: Pick<Change, 'eventId'>): Promise<boolean> {
  try {
    const row = await db.prepare('select 1 from events where id = ?').bind(eventId).first();
    return row !== null;
  } catch (error) {
    throw new UncertainError('A write without an answer', { cause: error });
  }
}

function raise(error: unknown): never {
  throw error;
}
