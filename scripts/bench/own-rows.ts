import { insertBooking, type NewBooking } from '../../worker/store/bookings.ts';
import { type NewSubmission, storeSubmission } from '../../worker/store/submissions.ts';

/** The tables that a booking writes to. */
const TABLES = ['bookings', 'repeats', 'seats', 'receipts', 'events', 'deliveries'];
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

type Value = string | number | number[] | null;
type Row = Readonly<Record<string, Value>>;

/** The rows of one booking, to be inserted again under other ids. */
let example: { table: string; row: Row }[] = [];

/** Stores the first booking of an empty database and keeps its rows as the example of `insertOwnRows`. */
export async function prepareOwnRows(db: D1Database): Promise<void> {
  await storeOwnBatch(db);
  const queries = TABLES.map((table) => db.prepare(`select * from ${table}`));
  const answers = await db.batch<Row>(queries);
  example = answers.flatMap(({ results }, at) =>
    results.map((row) => ({ table: TABLES[at] ?? '', row })),
  );
}

/** A booking's own rows with their indexes, by plain inserts without any guard. */
export function insertOwnRows(db: D1Database): Promise<unknown> {
  const ids = new Map<string, string>();
  const renew = (value: Value) => {
    if (Array.isArray(value)) return new Uint8Array(value);
    if (typeof value !== 'string' || !UUID.test(value)) return value;
    const id = ids.get(value) ?? crypto.randomUUID();
    ids.set(value, id);
    return id;
  };
  return db.batch(
    example.map(({ table, row }) => {
      const marks = Object.keys(row).map(() => '?');
      return db
        .prepare(
          `insert into ${table} (${Object.keys(row).join(', ')}) values (${marks.join(', ')})`,
        )
        .bind(...Object.values(row).map(renew));
    }),
  );
}

/** A booking's own batch with all its guards; every id, the hashes and the window are new ones. */
export function storeOwnBatch(db: D1Database): Promise<boolean> {
  const now = new Date();
  const id = () => crypto.randomUUID();
  const hash = () => {
    const newest = id();
    return { newest, live: [newest] };
  };
  // About what a sealed person weighs.
  const sealed = new Uint8Array(280);
  const record: NewBooking = {
    id: id(),
    code: id(),
    lastEventId: id(),
    service: 'dich-vu-mau-1',
    quantity: 2,
    ward: '00001',
    visitDate: '2027-01-01',
    window: id(),
    visitStartsAt: now,
    visitEndsAt: now,
    origin: 'web',
    holdReason: null,
    keyEndsAt: now,
    createdAt: now,
    limits: { network: 1_000_000, unconfirmed: 1_000_000 },
    repeatKeys: {
      intent: id(),
      contentHash: hash(),
      phoneHash: hash(),
      emailHash: null,
      createdAt: now,
    },
  };
  const delivery = { versionOffset: 0, dueAt: now, afterId: null };
  const submission: NewSubmission = {
    table: 'bookings',
    record,
    insert: (late) => insertBooking(db, record, late),
    seats: [{ date: record.visitDate, window: record.window, capacity: 3 }],
    actor: 'customer',
    deliveries: [
      { ...delivery, id: id(), channel: 'staff-email', kind: 'booking.requested' },
      { ...delivery, id: id(), channel: 'dispatch', kind: 'job.requested' },
    ],
    receipt: {
      id: id(),
      purpose: 'booking',
      policy: 'quyen-rieng-tu',
      policyVersion: 1,
      policySha256: id(),
      policyNamed: false,
      wording: 'booking',
    },
  };
  return storeSubmission(db, submission, { sealed, networkHash: id() });
}
