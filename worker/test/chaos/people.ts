import { env } from 'cloudflare:workers';
import { addDays } from '../../../shared/time';
import { bookingTransitions, type BookingTransition } from '../../../shared/states';
import type { Person } from '../../../shared/forms/person';
import { eraseRecord } from '../../personal-data/erase';
import { transitionBooking } from '../../records/booking-transition';
import { type Booking, findBookingByCode } from '../../store/bookings';
import { openPerson, openKeyStore } from '../../personal-data/key-store';
import { withIntent } from '../requests';
import type { Simulation } from './simulation';

/** Personal values that may only stand sealed, in a body to dispatch and in a full e-mail. */
export const MARKERS = ['Zyxmarker', 'Đỗ Zyx', 'Qwaddress', 'Nbnotemark', 'marker@example.org'];
/** Every customer's phone number as it is written, whole: six of its digits alone come up in a random id now and then. */
export const PHONE_MARKER = /(?:\+84|0)912000\d{3}|(?<![a-z\d])912000\d{3}(?![a-z\d])/i;

const WINDOWS = ['sang-som', 'sang', 'chieu', 'chieu-muon'] as const;
const DATES = ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-12-03'] as const;
const MOVES: readonly BookingTransition[] = [
  'confirm',
  'confirm',
  'decline',
  'cancel',
  'reschedule',
  'correct',
  'undoConfirm',
  'undoDecline',
];

/** A customer books, and sometimes sends again what was not answered. Returns the acknowledged code, or null. */
export async function book(simulation: Simulation, number: number): Promise<string | null> {
  const { random } = simulation;
  const fields = await withIntent(
    '/api/bookings',
    {
      service: random.pick(['giat-ghe-sofa', 've-sinh-sau-xay-dung']),
      ward: '16690',
      address: `Qwaddress ${number}`,
      date: random.pick(DATES),
      window: random.pick(WINDOWS),
      name: `Đỗ Zyxmarker ${number}`,
      phone: `0912 000 ${String(100 + number)}`,
      email: `${number}.marker@example.org`,
      note: 'Nbnotemark',
      consent: 'yes',
    },
    simulation.now,
  );
  const answer = await simulation.post('/api/bookings', fields);
  const again =
    (answer === null || answer.status >= 500) && random.chance(0.7)
      ? await simulation.post('/api/bookings', fields)
      : answer;
  return again !== null && (again.status === 201 || again.status === 200)
    ? (again.json as { code: string }).code
    : null;
}

/** A customer writes a complaint. Returns the acknowledged code, or null. */
export async function write(simulation: Simulation, number: number): Promise<string | null> {
  const answer = await simulation.post('/api/contact', {
    kind: 'complaint',
    name: `Đỗ Zyxmarker ${number}`,
    phone: `0912 000 ${String(500 + number)}`,
    message: 'Nbnotemark',
  });
  return answer?.status === 201 ? (answer.json as { code: string }).code : null;
}

/** Staff or the customer carry out a transition that the state of some booking allows. */
export async function moveSome(simulation: Simulation, codes: readonly string[]): Promise<void> {
  if (codes.length === 0) return;
  const booking = await findBookingByCode(env.DB, simulation.random.pick(codes));
  if (booking === null) return;
  const from = (transition: BookingTransition): readonly string[] =>
    bookingTransitions[transition].from;
  const moves = MOVES.filter((transition) => from(transition).includes(booking.state));
  if (moves.length === 0) return;
  const transition = simulation.random.pick(moves);
  const changes = await draftChanges(simulation, booking, transition);
  if (changes === null) return;
  const actor = simulation.random.pick(['staff', 'customer'] as const);
  const outcome = await simulation.invoke((faulty) =>
    transitionBooking(faulty, { booking, transition, actor, now: simulation.now, ...changes }),
  );
  if (outcome?.outcome === 'done') await simulation.enqueue(outcome.deliveryIds);
}

/** A customer erases some booking. */
export async function eraseSome(simulation: Simulation, codes: readonly string[]): Promise<void> {
  if (codes.length === 0) return;
  const booking = await findBookingByCode(env.DB, simulation.random.pick(codes));
  if (booking === null) return;
  const { id } = booking;
  const outcome = await simulation.invoke((faulty) =>
    eraseRecord(faulty, { id, cause: 'request', actor: 'customer', now: simulation.now }),
  );
  if (outcome?.outcome === 'done') await simulation.enqueue(outcome.deliveryIds);
}

async function draftChanges(
  simulation: Simulation,
  booking: Booking,
  transition: BookingTransition,
): Promise<{ start?: { date: string; window: string }; person?: Person } | null> {
  if (transition === 'reschedule') {
    const date = addDays(booking.visitDate, 7);
    return { start: { date, window: booking.window } };
  }
  if (transition !== 'correct') return {};
  const opened = await openPerson(openKeyStore(env), booking.id, booking.sealed);
  if (opened.state === 'absent') return null;
  return {
    person: { ...opened.person, name: `Đỗ Zyxmarker corrected ${simulation.random.below(99)}` },
  };
}
