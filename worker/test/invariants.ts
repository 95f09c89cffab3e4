import { env } from 'cloudflare:workers';
import { listJobSlots, seatsOn } from '../../shared/jobs/availability.ts';
import { bookingRules } from '../../shared/content/catalogue.ts';
import { measureVisit } from '../../shared/jobs/visit.ts';
import { type BookingState, bookingStates } from '../../shared/states.ts';
import { listKeys, openKeyStore } from '../personal-data/key-store.ts';
import { listBookings } from '../store/bookings.ts';

/** States in which every window of a job has its seat; a declined job keeps them until its undo has ended, an erased one has none. */
const seated: readonly BookingState[] = [
  'requested',
  'confirmed',
  'completed',
  'no-show',
  'declined',
];

interface SeatRow {
  slot: string;
  visit_date: string;
  n: number;
  booking_id: string;
}

/** What is wrong with seats, and with rows that hang on a record, as sentences; empty where all is right. */
export async function findBroken(): Promise<string[]> {
  const bookings = await listBookings(env.DB, {
    from: '2000-01-01',
    to: '2100-01-01',
    states: bookingStates,
  });
  const { results: seats } = await env.DB.prepare(
    "select visit_date || '/' || arrival_window as slot, visit_date, n, booking_id from seats",
  ).all<SeatRow>();
  const wanted = bookings.flatMap((booking) => {
    const visit = measureVisit(booking);
    const start = { date: booking.visitDate, window: booking.window };
    const isSeated = seated.includes(booking.state) && booking.erasedAt === null;
    if (visit === undefined || !isSeated) return [];
    const slots = listJobSlots(bookingRules, visit, start) ?? [];
    return slots.map(({ date, window }) => `${booking.id} at ${date}/${window}`);
  });
  const taken = seats.map(({ booking_id, slot }) => `${booking_id} at ${slot}`);
  return [
    ...difference(wanted, taken).map((seat) => `no seat: ${seat}`),
    ...difference(taken, wanted).map((seat) => `a seat too many: ${seat}`),
    ...seats
      .filter(({ n, visit_date: date }) => n < 1 || n > seatsOn(bookingRules, date))
      .map(({ slot, n }) => `seat ${n} of ${slot} is above capacity`),
    ...(await findOrphans()),
  ];
}

async function findOrphans(): Promise<string[]> {
  const tables = {
    receipts: 'true',
    events: 'true',
    deliveries: "subject_kind <> 'system'",
  };
  const counts = await env.DB.batch<{ count: number }>(
    Object.entries(tables).map(([table, hangs]) =>
      env.DB.prepare(
        `select count(*) as count from ${table}
         where ${hangs} and subject_id not in (select id from bookings union select id from messages union select id from plans)`,
      ),
    ),
  );
  return Object.keys(tables).flatMap((table, at) => {
    const count = counts[at]?.results[0]?.count ?? 0;
    return count === 0 ? [] : [`${count} rows in ${table} without their record`];
  });
}

/** What is wrong with the database itself, with versions and with data keys, as sentences; empty where all is right. */
export async function findBrokenRecords(): Promise<string[]> {
  const { results: checks } = await env.DB.prepare('pragma quick_check').all();
  const { results: rows } = await env.DB.prepare(
    `select id, version, erased_at,
       (select max(version) from events where subject_id = records.id) as newest,
       (select count(*) from events where subject_id = records.id and id = last_event_id) as last
     from (select id, version, erased_at, last_event_id from bookings
       union all select id, version, erased_at, last_event_id from messages
       union all select id, version, erased_at, last_event_id from plans) as records`,
  ).all<Record<'id' | 'erased_at', string> & Record<'version' | 'newest' | 'last', number>>();
  const readable = rows.filter(({ erased_at: erasedAt }) => erasedAt === null).map(({ id }) => id);
  const keys = await listKeyNames();
  return [
    ...checks.map(({ quick_check: said }) => String(said)).filter((said) => said !== 'ok'),
    ...rows
      .filter(({ version, newest, last }) => version !== newest || last !== 1)
      .map((row) => `the newest event is another: ${JSON.stringify(row)}`),
    ...difference(readable, keys).map((id) => `no key: ${id}`),
    ...difference(keys, readable).map((id) => `a key too many: ${id}`),
  ];
}

/** The records that have a data key; the key of a day's networks is none. */
async function listKeyNames(): Promise<string[]> {
  const pages = await Array.fromAsync(listKeys(openKeyStore(env)));
  return pages.flat().map(({ id }) => id);
}

function difference(list: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return list.filter((entry) => {
    const at = left.indexOf(entry);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
