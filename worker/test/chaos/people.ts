import { env } from 'cloudflare:workers';
import { addDays } from '../../../shared/time';
import { bookingMoves, type BookingMove } from '../../../shared/states';
import type { Person } from '../../../shared/forms/person';
import { eraseRecord } from '../../personal-data/erase';
import { transitionBooking } from '../../records/booking-transition';
import { type Booking, findBookingByCode } from '../../store/bookings';
import { openPerson, openKeyStore } from '../../personal-data/key-store';
import type { World } from './world';

/** What must never be seen outside the vault, the dispatch body and a full e-mail. */
export const MARKERS = ['Zyxmarker', 'Đỗ Zyx', 'Qwaddress', 'Nbnotemark', 'marker@example.org'];
/** The middle of every customer's phone number. */
export const PHONE_MARKER = '912000';

const WINDOWS = ['sang-som', 'sang', 'chieu', 'chieu-muon'] as const;
const DATES = ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-12-03'] as const;
const MOVES: readonly BookingMove[] = [
  'confirm',
  'confirm',
  'decline',
  'cancel',
  'reschedule',
  'correct',
  'undoConfirm',
  'undoDecline',
];

/** A customer who books, and sends again what was not answered. Gives the code that was acknowledged, or null. */
export async function book(world: World, number: number): Promise<string | null> {
  const { random } = world;
  const fields = {
    service: random.pick(['giat-ghe-sofa', 've-sinh-sau-xay-dung']),
    ward: '16690',
    address: `Qwaddress ${number}`,
    date: random.pick(DATES),
    window: random.pick(WINDOWS),
    name: `Đỗ Zyxmarker ${number}`,
    phone: `0912 000 ${String(100 + number)}`,
    email: 'marker@example.org',
    note: 'Nbnotemark',
    consent: 'yes',
  };
  const answer = await world.post('/api/bookings', fields);
  const again =
    (answer === null || answer.status >= 500) && random.chance(0.7)
      ? await world.post('/api/bookings', fields)
      : answer;
  return again !== null && (again.status === 201 || again.status === 200)
    ? (again.json as { code: string }).code
    : null;
}

/** A customer who writes; gives the acknowledged code, or null. */
export async function write(world: World, number: number): Promise<string | null> {
  const answer = await world.post('/api/contact', {
    kind: 'complaint',
    name: `Đỗ Zyxmarker ${number}`,
    phone: `0912 000 ${String(500 + number)}`,
    message: 'Nbnotemark',
  });
  return answer?.status === 201 ? (answer.json as { code: string }).code : null;
}

/** Staff or the customer do something with a booking that is there. */
export async function moveSome(world: World, codes: readonly string[]): Promise<void> {
  if (codes.length === 0) return;
  const booking = await findBookingByCode(env.DB, world.random.pick(codes));
  if (booking === null) return;
  const from = (move: BookingMove): readonly string[] => bookingMoves[move].from;
  const moves = MOVES.filter((move) => from(move).includes(booking.state));
  if (moves.length === 0) return;
  const move = world.random.pick(moves);
  const changes = await draftChanges(world, booking, move);
  if (changes === null) return;
  const actor = world.random.pick(['staff', 'customer'] as const);
  const outcome = await world.invoke((faulty) =>
    transitionBooking(faulty, { booking, move, actor, now: world.now, ...changes }),
  );
  if (outcome?.outcome === 'done') await world.nudge(outcome.deliveryIds);
}

/** A customer who wants everything erased. */
export async function eraseSome(world: World, codes: readonly string[]): Promise<void> {
  if (codes.length === 0) return;
  const booking = await findBookingByCode(env.DB, world.random.pick(codes));
  if (booking === null) return;
  const { id } = booking;
  const outcome = await world.invoke((faulty) =>
    eraseRecord(faulty, { id, cause: 'request', actor: 'customer', now: world.now }),
  );
  if (outcome?.outcome === 'done') await world.nudge(outcome.deliveryIds);
}

async function draftChanges(
  world: World,
  booking: Booking,
  move: BookingMove,
): Promise<{ start?: { date: string; window: string }; person?: Person } | null> {
  if (move === 'reschedule') {
    const date = addDays(booking.visitDate, 7);
    return { start: { date, window: booking.window } };
  }
  if (move !== 'correct') return {};
  const opened = await openPerson(openKeyStore(env), booking.id, booking.sealed);
  if (opened.state === 'absent') return null;
  return { person: { ...opened.person, name: `Đỗ Zyxmarker corrected ${world.random.below(99)}` } };
}
