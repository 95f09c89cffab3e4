/** One attached file; binary content is base64 and says so. */
export interface RecordedAttachment {
  filename: string;
  type: string;
  content: string;
  encoding?: 'base64';
}

/** One e-mail as the binding received it. */
export interface RecordedEmail {
  kind: 'email';
  id: number;
  at: string;
  binding: 'STAFF_EMAIL' | 'CUSTOMER_EMAIL';
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  attachments: RecordedAttachment[];
}

/** One dispatch request with a valid signature; `status` is what it was answered. */
export interface RecordedDispatch {
  kind: 'dispatch';
  id: number;
  at: string;
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Something that staff, a customer or dispatch would have received. */
export type InboxEntry = RecordedEmail | RecordedDispatch;

const INBOX_MAX_ENTRIES = 500;
let entries: InboxEntry[] = [];
let lastId = 0;

type Unstamped<Entry> = Entry extends InboxEntry ? Omit<Entry, 'id' | 'at'> : never;

/** Keeps an entry in memory, newest first, at most 500. */
export function record(entry: Unstamped<InboxEntry>): void {
  lastId += 1;
  const stamped = { id: lastId, at: new Date().toISOString(), ...entry };
  entries = [stamped, ...entries].slice(0, INBOX_MAX_ENTRIES);
}

/** All entries, newest first. */
export function listInbox(): readonly InboxEntry[] {
  return entries;
}

export function emptyInbox(): void {
  entries = [];
}
