import { env } from 'cloudflare:workers';
import { listJobSlots, seatsOn } from '../../shared/jobs/availability.ts';
import { bookingRules, findService } from '../../shared/content/catalogue.ts';
import { type BookingState, bookingStates } from '../../shared/states.ts';
import { listBookings } from '../store/bookings.ts';

/** States in which every window of a job has its seat; a declined job keeps them until its undo has ended. */
const seated: readonly BookingState[] = ['requested', 'confirmed', 'completed', 'declined'];

interface SeatRow {
  slot: string;
  visit_date: string;
  n: number;
  booking_id: string;
}

/** What is wrong with seats, and with rows that hang on a booking, as sentences; empty where all is right. */
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
    const service = findService(booking.service);
    const start = { date: booking.visitDate, window: booking.window };
    if (service === undefined || !seated.includes(booking.state)) return [];
    const slots = listJobSlots(bookingRules, service, start) ?? [];
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
  const tables = ['receipts', 'events', 'deliveries'] as const;
  const counts = await env.DB.batch<{ count: number }>(
    tables.map((table) =>
      env.DB.prepare(
        `select count(*) as count from ${table} where subject_id not in (select id from bookings)`,
      ),
    ),
  );
  return tables.flatMap((table, at) => {
    const count = counts[at]?.results[0]?.count ?? 0;
    return count === 0 ? [] : [`${count} rows in ${table} without their booking`];
  });
}

function difference(list: readonly string[], other: readonly string[]): string[] {
  const left = [...other];
  return list.filter((entry) => {
    const at = left.indexOf(entry);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
