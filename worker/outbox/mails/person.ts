import type { Person } from '../../../shared/forms/person.ts';
import { isKeySpreading, openPerson, openVault } from '../../personal-data/key-store.ts';
import { type Prepared, tryAgain } from '../result.ts';

/** A record whose details are wanted. */
export interface SealedRecord {
  id: string;
  sealed: Uint8Array;
  createdAt: Date;
  erasedAt: Date | null;
}

/**
 * Opens a record's details for a delivery. An absent key on a young record is tried again; on an erased record the delivery
 * has nothing left to say; otherwise it is a dead letter that a person must see.
 */
export async function preparePerson(
  env: Env,
  record: SealedRecord,
  now: Date,
): Promise<Prepared<Person>> {
  if (record.erasedAt !== null) return { ready: false, result: erased };
  const opened = await openPerson(openVault(env), record.id, record.sealed);
  if (opened.state === 'open') return { ready: true, value: opened.person };
  const young = isKeySpreading(record.createdAt, now);
  return {
    ready: false,
    result: young ? tryAgain('again', 'key-not-seen') : { outcome: 'dead', result: 'key-absent' },
  };
}

const erased = { outcome: 'superseded', result: 'erased' } as const;
