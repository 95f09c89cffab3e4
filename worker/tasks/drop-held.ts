import { retention } from '../../shared/privacy/register.ts';
import { later } from '../../shared/time.ts';
import { logError } from '../base/log.ts';
import { eraseRecord } from '../personal-data/erase.ts';
import { destroyKey, openKeyStore } from '../personal-data/key-store.ts';
import { listDropped, listLongHeld } from '../store/held.ts';
import { deleteDropped } from '../store/purge.ts';

/** Records that one run drops and deletes; the rest follows in the next minute. */
const RECORDS_PER_RUN = 20;

/**
 * Drops what was quarantined for the longest time allowed and not released: first its person is erased, at dispatch too, then row
 * and receipt go. A row stays until dispatch has been told and the key store has deleted the key.
 */
export async function dropHeld(env: Env, now: Date): Promise<void> {
  const heldBy = later(now, { days: -retention.held.period.days });
  for (const id of await listLongHeld(env.DB, heldBy, RECORDS_PER_RUN)) {
    await trySafely(id, () => eraseRecord(env, { id, cause: 'dropped', actor: 'system', now }));
  }
  const gone: string[] = [];
  for (const id of await listDropped(env.DB, now, RECORDS_PER_RUN)) {
    await trySafely(id, async () => {
      await destroyKey(openKeyStore(env), id);
      gone.push(id);
    });
  }
  if (gone.length > 0) await env.DB.batch(deleteDropped(env.DB, gone));
}

/** One record that fails does not stop the others; the next minute tries it again. */
async function trySafely(id: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    logError('clock_move_failed', error, { move: 'drop', id });
  }
}
