import type { Person } from '../../shared/forms/person.ts';
import { isServiceFailure, UncertainError } from '../base/failures.ts';
import { logError } from '../base/log.ts';
import { discardKey } from '../personal-data/key-ends.ts';
import { openKeyStore, sealPerson } from '../personal-data/key-store.ts';
import { hashNetwork } from '../personal-data/network-key.ts';
import { openRecord } from '../personal-data/read-person.ts';
import { findRepeated, type RepeatKeys, type SealedSubmission } from '../store/repeats.ts';
import type { SenderLimits, SubmittedTable } from '../store/sender-limits.ts';
import { isWindowFull } from '../store/seats.ts';
import { limitStaffMails } from '../store/staff-mails.ts';
import type { NewPlan } from '../store/plans.ts';
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

/** Who sends a submission. */
export interface Sender {
  person: Person;
  /** IPv4 address or IPv6 /64; null where it is not known or staff write the record down. */
  network: string | null;
}

/** How often a record that only shares its hashes with the submission is passed over. */
const OTHERS_MAX = 4;

/** The limits of the settings. */
export function readSenderLimits(
  env: Pick<Env, 'NETWORK_LIMIT' | 'UNCONFIRMED_LIMIT'>,
): SenderLimits {
  return { network: Number(env.NETWORK_LIMIT), unconfirmed: Number(env.UNCONFIRMED_LIMIT) };
}

/**
 * Encrypts a person and stores the record. The insert itself refuses a repeat and a booking without a free seat. Where the
 * database refused the record, its data key is deleted again.
 */
export async function acceptSubmission(
  env: Env,
  draft: NewSubmission,
  { person, network }: Sender,
): Promise<SubmissionOutcome> {
  const submission = { ...draft, deliveries: limitStaffMails(env, draft.deliveries) };
  const { table, record, plan } = submission;
  const { id, code, createdAt } = record;
  const seal = (of: Pick<NewPlan, 'id' | 'code' | 'keyEndsAt'>) =>
    sealPerson(
      openKeyStore(env),
      { id: of.id, code: of.code, createdAt, endsAt: of.keyEndsAt },
      person,
    );
  try {
    const [sealed, networkHash, planSealed] = await Promise.all([
      seal({ id, code, keyEndsAt: record.keyEndsAt }),
      hashNetwork(env.VAULT, network, createdAt),
      plan && seal(plan),
    ]);
    const outcome = await store(env, { submission, person }, { sealed, networkHash, planSealed });
    if (outcome.outcome === 'accepted') return outcome;
    const ids = plan === undefined ? [id] : [id, plan.id];
    const cleanup = Promise.all(ids.map((one) => discardKey(env, one))).then(() => undefined);
    return { ...outcome, cleanup };
  } catch (error) {
    if (!isServiceFailure(error)) throw error;
    logError(table === 'bookings' ? 'booking_not_stored' : 'message_not_stored', error, { id });
    return { outcome: error instanceof UncertainError ? 'uncertain' : 'unavailable' };
  }
}

/** What an earlier record says to a submission; `others` has the ids of records that only share its hashes. */
export async function answerRepeat(
  env: Env,
  { table, keys }: { table: SubmittedTable; keys: RepeatKeys },
  person: Person,
): Promise<SubmissionOutcome | { others: string[] } | null> {
  const repeated = await findRepeated(env.DB, table, keys);
  if (repeated === null) return null;
  const { record, same } = repeated;
  if (!same) return { outcome: 'differs' };
  // Many numbers share the hash of a bucket, and a link opens the record: so the number itself is compared.
  const first = await openRecord(env, record, keys.createdAt);
  if (first.state === 'key-spreading') return { outcome: 'unavailable' };
  const isSender = first.state === 'open' && first.person.phone === person.phone;
  return isSender
    ? { outcome: 'same', record: { id: record.id, code: record.code }, deliveryIds: [] }
    : { others: [record.id] };
}

async function store(
  env: Env,
  { submission, person }: { submission: NewSubmission; person: Person },
  sealed: SealedSubmission,
): Promise<SubmissionOutcome> {
  const { table, record } = submission;
  const except: string[] = [];
  while (except.length < OTHERS_MAX) {
    const keys = { ...record.repeatKeys, except };
    try {
      const attempt = { ...submission, record: { ...record, repeatKeys: keys } };
      if (await storeSubmission(env.DB, attempt, sealed)) {
        const deliveryIds = submission.deliveries.map((delivery) => delivery.id);
        return {
          outcome: 'accepted',
          record: { id: record.id, code: record.code },
          deliveryIds,
        };
      }
    } catch (error) {
      if (isWindowFull(error)) return { outcome: 'full' };
      throw error;
    }
    const answer = await answerRepeat(env, { table, keys }, person);
    if (answer === null) throw new Error('A refused submission repeats none');
    if (!('others' in answer)) return answer;
    except.push(...answer.others);
  }
  return { outcome: 'unavailable' };
}
