import { makeStaffMailing, type StaffMailing } from '../wording/report-lines.ts';
import { type OpenedRecord, openRecord, type SealedRecord } from '../personal-data/read-person.ts';
import type { Delivery } from '../store/deliveries.ts';
import type { ClaimedRecords } from '../store/delivery-attempts.ts';
import type { DisclosedField, NewDisclosure } from '../store/disclosures.ts';
import type { SystemMailContent } from '../emails/mail.ts';
import type { SendResult } from './result.ts';

/** A claimed delivery, and from what its mail or body is built. */
export interface Preparing<D extends Delivery = Delivery> {
  env: Env;
  delivery: D;
  now: Date;
  records: Sources;
}

/** The records of all deliveries of a claim. */
export interface Sources extends ClaimedRecords {
  /** Opens a record's details, with one look at the key store for all deliveries of the record. */
  open: (record: SealedRecord) => Promise<OpenedRecord>;
  /** With what links to staff pages are signed. Throws where the keys are not right. */
  mailing: () => StaffMailing;
}

/** What the ledger says of a delivery beside its id, record and kind. */
export type Disclosed = Pick<NewDisclosure, 'recipient' | 'fields'>;

/** Something ready to be sent, once ledger and subject are written. */
export interface Sending {
  /** Null where it discloses nothing of a record. */
  disclosed: Disclosed | null;
  /** The subject of a mail, or null. */
  subject: string | null;
  send: () => Promise<SendResult>;
}

/** A mail to staff, and what it shows of a person; null where the ledger has nothing to say of it. */
export interface StaffMail extends SystemMailContent {
  fields: readonly DisclosedField[] | null;
}

/** What an attempt needs before it sends: a text, a person, a mail. Or the result that ends the attempt without them. */
export type Prepared<T> = { ready: true; value: T } | { ready: false; result: SendResult };

/** The end of a delivery whose record does not exist: a person must look at it. */
export const recordAbsent = {
  ready: false,
  result: { outcome: 'dead', result: 'record-absent' },
} as const;

export function collectSources(env: Env, records: ClaimedRecords, now: Date): Sources {
  const opening = new Map<string, Promise<OpenedRecord>>();
  return {
    ...records,
    open: (record) => {
      const opened = opening.get(record.id) ?? openRecord(env, record, now);
      opening.set(record.id, opened);
      return opened;
    },
    mailing: () => makeStaffMailing(env, now, records.staffEpoch),
  };
}
