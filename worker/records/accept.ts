import type { Person } from '../../shared/forms/person.ts';
import { isServiceFailure, UncertainError } from '../base/failures.ts';
import { logError } from '../base/log.ts';
import { discardKey } from '../personal-data/key-ends.ts';
import { openKeyStore, sealPerson } from '../personal-data/key-store.ts';
import type { Bytes } from '../personal-data/seal.ts';
import { findRepeated, type Repeated } from '../store/repeats.ts';
import { isWindowFull } from '../store/seats.ts';
import { type NewSubmission, storeSubmission } from '../store/submissions.ts';

/**
 * - `accepted`: stored.
 * - `same`: an earlier submission had the same content; `record` is that one.
 * - `differs`: the intent was already used for other content.
 * - `full`: no seat is left.
 * - `unavailable`: not stored, since the database or the key store failed.
 * - `uncertain`: the database gave no answer, and may have stored it.
 * `cleanup` ends when what a refused submission left behind is deleted; the answer need not wait for it.
 */
export type SubmissionOutcome = (
  | { outcome: 'accepted' | 'same'; record: { id: string; code: string }; deliveryIds: string[] }
  | { outcome: 'differs' | 'full' | 'unavailable' | 'uncertain' }
) & { cleanup?: Promise<void> };

/**
 * Encrypts a person and stores the record. The insert itself refuses a repeat and a booking without a free seat. Where the
 * database refused the record, its data key is deleted again.
 */
export async function acceptSubmission(
  env: Env,
  submission: NewSubmission,
  person: Person,
): Promise<SubmissionOutcome> {
  const { table, record } = submission;
  const { id, code, createdAt, keyEndsAt: endsAt } = record;
  try {
    const sealed = await sealPerson(openKeyStore(env), { id, code, createdAt, endsAt }, person);
    const outcome = await store(env, submission, sealed);
    return outcome.outcome === 'accepted' ? outcome : { ...outcome, cleanup: discardKey(env, id) };
  } catch (error) {
    if (!isServiceFailure(error)) throw error;
    logError(table === 'bookings' ? 'booking_not_stored' : 'message_not_stored', error, { id });
    return { outcome: error instanceof UncertainError ? 'uncertain' : 'unavailable' };
  }
}

export function answerRepeat({ same, record }: Repeated): SubmissionOutcome {
  return same ? { outcome: 'same', record, deliveryIds: [] } : { outcome: 'differs' };
}

async function store(
  env: Env,
  submission: NewSubmission,
  sealed: Bytes,
): Promise<SubmissionOutcome> {
  const { id, code, repeatKeys } = submission.record;
  try {
    if (await storeSubmission(env.DB, submission, sealed)) {
      const deliveryIds = submission.deliveries.map((delivery) => delivery.id);
      return { outcome: 'accepted', record: { id, code }, deliveryIds };
    }
  } catch (error) {
    if (isWindowFull(error)) return { outcome: 'full' };
    throw error;
  }
  const repeated = await findRepeated(env.DB, submission.table, repeatKeys);
  if (repeated === null) throw new Error('A refused submission repeats none');
  return answerRepeat(repeated);
}
