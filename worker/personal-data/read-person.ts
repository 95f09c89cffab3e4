import type { Person } from '../../shared/forms/person.ts';
import { isServiceFailure } from '../base/failures.ts';
import { logError } from '../base/log.ts';
import { isKeySpreading, openKeyStore, openPerson } from './key-store.ts';

/** A record whose details are to be read. */
export interface SealedRecord {
  id: string;
  sealed: Uint8Array;
  keyEndsAt: Date;
  erasedAt: Date | null;
  createdAt: Date;
}

/**
 * A record's details, or why they cannot be read: the record was erased, its key has ended or is lost, or its key is so new that
 * KV may not show it here yet.
 */
export type OpenedRecord =
  { state: 'open'; person: Person } | { state: 'erased' | 'ended' | 'key-spreading' };

/** Opens a record's details. Throws where the key store does not answer. */
export async function openRecord(env: Env, record: SealedRecord, now: Date): Promise<OpenedRecord> {
  if (record.erasedAt !== null) return { state: 'erased' };
  if (now >= record.keyEndsAt) return { state: 'ended' };
  const opened = await openPerson(openKeyStore(env), record.id, record.sealed);
  if (opened.state === 'open') return opened;
  return { state: isKeySpreading(record.createdAt, now) ? 'key-spreading' : 'ended' };
}

/** A record's details as a page shows them: readable, not readable just now, or gone for good. */
export type PersonView = { state: 'open'; person: Person } | { state: 'later' | 'ended' };

/** The status of a page that shows a person: it lacks what it is for where the key store does not answer. */
export function statusOf(view: PersonView): 200 | 503 {
  return view.state === 'later' ? 503 : 200;
}

/** Reads a record's details for a page; `later` where the key store does not answer. */
export async function readPerson(env: Env, record: SealedRecord, now: Date): Promise<PersonView> {
  try {
    const opened = await openRecord(env, record, now);
    if (opened.state === 'open') return opened;
    return { state: opened.state === 'key-spreading' ? 'later' : 'ended' };
  } catch (error) {
    if (!isServiceFailure(error)) throw error;
    logError('details_unavailable', error, { id: record.id });
    return { state: 'later' };
  }
}
