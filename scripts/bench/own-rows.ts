import type { NewBooking } from '../../worker/store/bookings.ts';
import type { NewDelivery } from '../../worker/store/deliveries.ts';
import { storeBooking } from '../../worker/store/submissions.ts';

/** About what a sealed person weighs. */
const SEALED = new Uint8Array(280);

const DELIVERIES = [
  { channel: 'staff-email', kind: 'booking.requested' },
  { channel: 'dispatch', kind: 'job.requested' },
] as const;

function insert(
  db: D1Database,
  table: string,
  row: Readonly<Record<string, string | number | Uint8Array>>,
): D1PreparedStatement {
  const columns = Object.keys(row);
  const places = columns.map(() => '?').join(', ');
  return db
    .prepare(`insert into ${table} (${columns.join(', ')}) values (${places})`)
    .bind(...Object.values(row));
}

/** A booking's own six rows with their indexes, by plain inserts without any guard. */
export function insertOwnRows(db: D1Database): Promise<unknown> {
  const id = crypto.randomUUID();
  const event = crypto.randomUUID();
  const at = new Date().toISOString();
  const booked = { service: 'dich-vu-mau-1', quantity: 2, ward: '00001', origin: 'web' };
  const visit = { visit_date: '2027-01-01', arrival_window: crypto.randomUUID() };
  const hashes = { content_hash: crypto.randomUUID(), phone_hash: crypto.randomUUID() };
  const policy = { policy: 'quyen-rieng-tu', policy_version: 1, policy_sha256: event };
  return db.batch([
    insert(db, 'bookings', {
      id,
      code: id,
      state: 'requested',
      state_at: at,
      version: 1,
      last_event_id: event,
      ...booked,
      ...visit,
      visit_starts_at: at,
      visit_ends_at: at,
      sealed: SEALED,
      key_ends_at: at,
      ...hashes,
      created_at: at,
    }),
    insert(db, 'seats', { ...visit, n: 1, booking_id: id }),
    insert(db, 'receipts', {
      id: event,
      subject_id: id,
      purpose: 'booking',
      ...policy,
      policy_named: 0,
      wording: 'booking',
      given_at: at,
    }),
    insert(db, 'events', {
      id: event,
      subject_id: id,
      type: 'submit',
      actor: 'customer',
      state: 'requested',
      version: 1,
      at,
    }),
    ...DELIVERIES.map((delivery) =>
      insert(db, 'deliveries', {
        id: crypto.randomUUID(),
        subject_kind: 'booking',
        subject_id: id,
        ...delivery,
        version: 1,
        status: 'due',
        attempts: 0,
        next_attempt_at: at,
        created_at: at,
      }),
    ),
  ]);
}

function hashOnce(): NewBooking['contentHash'] {
  const newest = crypto.randomUUID();
  return { newest, live: [newest] };
}

/** A booking's own batch with all its guards, for a person that needs no sealing. */
export function storeOwnBatch(db: D1Database): Promise<boolean> {
  const now = new Date();
  const booking: NewBooking = {
    id: crypto.randomUUID(),
    code: crypto.randomUUID(),
    lastEventId: crypto.randomUUID(),
    service: 'dich-vu-mau-1',
    quantity: 2,
    ward: '00001',
    visitDate: '2027-01-01',
    window: crypto.randomUUID(),
    visitStartsAt: now,
    visitEndsAt: now,
    origin: 'web',
    holdReason: null,
    sealed: SEALED,
    keyEndsAt: now,
    intent: null,
    createdAt: now,
    contentHash: hashOnce(),
    phoneHash: hashOnce(),
  };
  return storeBooking(db, booking, {
    places: [{ date: booking.visitDate, window: booking.window, capacity: 3 }],
    deliveries: DELIVERIES.map((delivery): NewDelivery => ({
      ...delivery,
      id: crypto.randomUUID(),
      versionOffset: 0,
      dueAt: now,
      afterId: null,
    })),
    receipt: {
      id: crypto.randomUUID(),
      purpose: 'booking',
      policy: 'quyen-rieng-tu',
      policyVersion: 1,
      policySha256: booking.id,
      policyNamed: false,
      wording: 'booking',
    },
  });
}
