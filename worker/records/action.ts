import { type ActionSubject, versionOfActionToken } from '../signing/links.ts';
import { listEvents, type RecordEvent } from '../store/events.ts';
import type { AppContext } from '../web/context.ts';

/** An action that a form of a record's page asks for, with the token of that page. */
export interface Action<Failure extends string> {
  record: { id: string; version: number };
  role: ActionSubject['role'];
  token: string;
  /** Type of the event that the write leaves, by which a repeat is known. */
  type: string;
  /** Writes the change if the record still has its version; `stale` where it has changed meanwhile. */
  write: () => Promise<'done' | 'stale' | Failure>;
  /** Whether an action of the same type that was done before is the very same; absent where it always is. */
  isSame?: () => Promise<boolean>;
  /** What a stale write means where nothing has happened to the record. */
  unchanged?: Failure;
}

/**
 * Runs an action once. `repeated` where the very same was done before with this token, `outdated` where something else
 * happened meanwhile or the action no longer fits, `expired` where the token is old or not ours.
 */
export async function runAction<Failure extends string = never>(
  c: AppContext,
  action: Action<Failure>,
): Promise<'done' | 'repeated' | 'outdated' | 'expired' | Failure> {
  const { record, type } = action;
  const version = await versionOfToken(c, action, record);
  if (version === null) return 'expired';
  if (version === record.version) {
    const written = await action.write();
    if (written !== 'stale') return written;
  }
  const next = await findEventAfter(c.env.DB, record.id, version);
  if (next === undefined && action.unchanged !== undefined) return action.unchanged;
  if (next?.type !== type) return 'outdated';
  return action.isSame === undefined || (await action.isSame()) ? 'repeated' : 'outdated';
}

/** The version that a live action token was issued for; null where it is expired or not ours. */
export function versionOfToken(
  c: AppContext,
  { token, role }: { token: string; role: ActionSubject['role'] },
  { id, version }: { id: string; version: number },
): Promise<number | null> {
  const signing = { keys: c.var.linkKeys, now: c.var.now };
  return versionOfActionToken(signing, token, { role, id, version });
}

/** The first thing that happened to a record after a version. */
async function findEventAfter(
  db: D1Database,
  subjectId: string,
  version: number,
): Promise<RecordEvent | undefined> {
  return (await listEvents(db, subjectId)).find((event) => event.version > version);
}
