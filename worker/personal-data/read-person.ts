import type { Person } from '../../shared/forms/person.ts';
import { isServiceFailure } from '../base/failures.ts';
import { logError } from '../base/log.ts';
import { isKeySpreading, openPerson, openKeyStore } from './key-store.ts';

/** A record's details: readable, not readable just now, or gone for good. */
export type PersonView = { state: 'open'; person: Person } | { state: 'later' | 'ended' };

/** A record whose details are to be read. */
export interface SealedRecord {
  id: string;
  sealed: Uint8Array;
  keyEndsAt: Date;
  erasedAt: Date | null;
  createdAt: Date;
}

/** Reads a record's details for a page; a key store that does not answer is "later". */
export async function readPerson(env: Env, record: SealedRecord, now: Date): Promise<PersonView> {
  if (record.erasedAt !== null || now >= record.keyEndsAt) return { state: 'ended' };
  try {
    const opened = await openPerson(openKeyStore(env), record.id, record.sealed);
    if (opened.state === 'open') return opened;
    return { state: isKeySpreading(record.createdAt, now) ? 'later' : 'ended' };
  } catch (error) {
    if (!isServiceFailure(error)) throw error;
    logError('details_unavailable', error, { id: record.id });
    return { state: 'later' };
  }
}
