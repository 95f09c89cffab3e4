import { type ActionRole, issueActionToken, versionOfActionToken } from '../signing/links.ts';
import type { Signing } from '../signing/tokens.ts';
import { listEvents, type RecordEvent } from '../store/events.ts';
import type { AppContext } from '../web/context.ts';

/** An action that a form on a record's page asks for, with the token of that page. */
export interface Action<Failure extends string> {
  record: { id: string; version: number };
  role: ActionRole;
  token: string;
  /** Type of the event that the write inserts. A repeat is recognised by it. */
  type: string;
  /** Writes the change if the record still has its version; `stale` where it has changed meanwhile. */
  write: () => Promise<'done' | 'stale' | Failure>;
  /** Whether the earlier action of this type asked for the same, such as the same window. Absent where it always did. */
  isSame?: () => Promise<boolean>;
  /** The outcome of a stale write where the record has not changed, such as `late` for an undo. */
  unchanged?: Failure;
}

/**
 * Runs an action once. Returns `repeated` when the same action was already done with this token, `outdated` when the record
 * has changed meanwhile or the action no longer fits its state, `expired` when the token has expired or is not ours.
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

/** A token for the forms on a record's page. */
export function issueToken(
  c: AppContext,
  role: ActionRole,
  { id, version }: { id: string; version: number },
): Promise<string> {
  return issueActionToken(signingOf(c, role), { role, id, version });
}

/** The version that an action token was issued for; null where it has expired or is not ours. */
export function versionOfToken(
  c: AppContext,
  { token, role }: { token: string; role: ActionRole },
  { id, version }: { id: string; version: number },
): Promise<number | null> {
  return versionOfActionToken(signingOf(c, role), token, { role, id, version });
}

function signingOf(c: AppContext, role: ActionRole): Signing {
  const { linkKeys, staffKeys, now } = c.var;
  return { keys: role === 'customer' ? linkKeys : staffKeys, now };
}

/** The first event of a record after a version. */
async function findEventAfter(
  db: D1Database,
  subjectId: string,
  version: number,
): Promise<RecordEvent | undefined> {
  return (await listEvents(db, subjectId)).find((event) => event.version > version);
}
