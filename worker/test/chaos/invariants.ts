import { env } from 'cloudflare:workers';
import { findService } from '../../../shared/content/catalogue';
import { toVietnamTime } from '../../../shared/time';
import { appAt } from '../requests';
import { failureLines } from '../../outbox/mails/digest-lines';
import { type Booking, findBookingByCode } from '../../store/bookings';
import { findMessageByCode } from '../../store/messages';
import { brokenCopies } from './copies';
import { findLeaks } from './leaks';
import type { Arrival } from './receiver';
import type { Played } from './scenario';
import type { Simulation } from './simulation';

/** The invariants that a scenario broke, as sentences. */
export async function findBroken(played: Played): Promise<string[]> {
  return [
    ...(await brokenBookings(played)),
    ...(await brokenMessages(played)),
    ...brokenOrder(played.simulation.receiver.arrivals),
    ...brokenCopies(played.simulation),
    ...played.unreported,
    ...(await supersededDead()),
    ...(await halfStored()),
    ...(await halfStoredMessages()),
    ...(await findLeaks(played.simulation)),
  ];
}

interface Row {
  id: string;
  kind: string;
  version: number;
  status: string;
}

async function rowsOf(subjectId: string, channel: string): Promise<Row[]> {
  const { results } = await env.DB.prepare(
    `select id, kind, version, status from deliveries
     where subject_id = ? and channel = ? and status <> 'superseded' order by version desc`,
  )
    .bind(subjectId, channel)
    .all<Row>();
  return results;
}

/** The newest version of every acknowledged booking has arrived at dispatch and at staff, or is a reported dead letter. */
async function brokenBookings({ simulation, bookings }: Played): Promise<string[]> {
  const broken = bookings.map(async (code) => {
    const booking = await findBookingByCode(env.DB, code);
    if (booking === null) return [`${code} was acknowledged and is not there`];
    return [
      ...(await brokenDispatch(simulation, booking)),
      ...(await brokenStaffMail(simulation, booking)),
    ];
  });
  return (await Promise.all(broken)).flat();
}

async function brokenDispatch({ now, receiver }: Simulation, booking: Booking): Promise<string[]> {
  const arrivals = receiver.arrivals.filter(({ code }) => code === booking.code);
  const [newest] = await rowsOf(booking.id, 'dispatch');
  const live =
    booking.erasedAt === null && ['requested', 'confirmed', 'completed'].includes(booking.state);
  if (newest === undefined) {
    const silent = !live && arrivals.length === 0;
    return silent ? [] : [`${booking.code} (${booking.state}) has nothing for dispatch`];
  }
  if (newest.status === 'dead') return nameDead(now, booking.code, newest);
  if (newest.status !== 'delivered') return [`${booking.code}: ${newest.kind} is ${newest.status}`];
  const known = arrivals.filter(({ taken }) => taken).toSorted((a, b) => b.version - a.version)[0];
  if (known?.version !== newest.version) {
    return [
      `${booking.code}: dispatch knows version ${known?.version}, newest is ${newest.version}`,
    ];
  }
  if (!live) {
    const erased = booking.erasedAt !== null;
    const ended = known.type === 'job.erased' || (!erased && known.type === 'job.cancelled');
    return ended ? [] : [`${booking.code} is ${booking.state}, dispatch holds ${known.type}`];
  }
  return sameVisit(booking, known) ? [] : [`${booking.code}: dispatch has another visit`];
}

function sameVisit(booking: Booking, { data, type }: Arrival): boolean {
  const window = data['window'] as { from: string };
  const kinds = booking.state === 'requested' ? ['job.requested'] : ['job.confirmed'];
  return (
    data['date'] === booking.visitDate &&
    window.from === toVietnamTime(booking.visitStartsAt) &&
    [...kinds, 'job.rescheduled', 'job.updated', 'job.completed'].includes(type)
  );
}

async function brokenStaffMail({ mailbox, now }: Simulation, booking: Booking): Promise<string[]> {
  const rows = await rowsOf(booking.id, 'staff-email');
  const dead = rows.find(({ status }) => status === 'dead');
  if (dead !== undefined) return nameDead(now, booking.code, dead);
  const sent = mailbox.taken.some(
    ({ subject, deliveryId }) =>
      subject.includes(booking.code) && rows.some(({ id }) => id === deliveryId),
  );
  // Staff who declined a request or acted on it have seen it; after an erasure there is nothing left to send.
  const acted = booking.state === 'declined' || (await hasStaffActed(booking.id));
  const isSeen = booking.erasedAt !== null && acted;
  return sent || isSeen ? [] : [`${booking.code}: no staff e-mail`];
}

async function hasStaffActed(id: string): Promise<boolean> {
  const row = await env.DB.prepare(
    `select count(*) as n from events where subject_id = ? and actor = 'staff'`,
  )
    .bind(id)
    .first<{ n: number }>();
  return (row?.n ?? 0) > 0;
}

async function brokenMessages({ simulation, messages }: Played): Promise<string[]> {
  const broken = messages.map(async (code) => {
    const message = await findMessageByCode(env.DB, code);
    if (message === null) return [`${code} was acknowledged and is not there`];
    const [mail] = await rowsOf(message.id, 'staff-email');
    if (mail?.status === 'dead') return nameDead(simulation.now, code, mail);
    const dispatched = simulation.receiver.arrivals.some((arrival) => arrival.code === code);
    const sent = simulation.mailbox.taken.some(({ deliveryId }) => deliveryId === mail?.id);
    return [
      ...(sent ? [] : [`${code}: no staff e-mail`]),
      ...(dispatched ? [`${code}: sent to dispatch`] : []),
    ];
  });
  return (await Promise.all(broken)).flat();
}

/** A dead letter is named by health, by the digest and by a mail to staff. */
async function nameDead(now: Date, code: string, row: Row): Promise<string[]> {
  const response = await appAt(now).request('https://example.com/api/health', {}, env);
  const { dead, ok } = await response.json<{ dead: number; ok: boolean }>();
  const lines = await failureLines(env, now);
  const mails = await env.DB.prepare(
    `select count(*) as n from deliveries where subject_kind = 'system' and kind = 'dead'`,
  ).first<{ n: number }>();
  const reported = lines.some(({ text }) => text.includes(row.id)) && (mails?.n ?? 0) > 0;
  return dead > 0 && !ok && reported
    ? []
    : [`${code}: ${row.kind} is dead and nobody was notified`];
}

/** No lower version gets a 2xx after a higher one. */
function brokenOrder(arrivals: readonly Arrival[]): string[] {
  const highest = new Map<string, number>();
  const byAnswer = arrivals.toSorted((a, b) => (a.answer ?? 0) - (b.answer ?? 0));
  return byAnswer.flatMap(({ code, version, seen }) => {
    if (seen === null || seen >= 300) return [];
    const before = highest.get(code) ?? 0;
    highest.set(code, Math.max(before, version));
    return version < before ? [`${code}: version ${version} got 2xx after ${before}`] : [];
  });
}

/** Once a newer message of a record has arrived, no older dead letter asks for a person. */
async function supersededDead(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `select kind, version, channel from deliveries dead where status = 'dead' and exists (
       select 1 from deliveries newer where newer.subject_id = dead.subject_id
         and newer.channel = dead.channel and newer.version > dead.version and newer.status = 'delivered'
     )`,
  ).all<{ kind: string; version: number; channel: string }>();
  return results.map((row) => `A superseded letter is still dead: ${JSON.stringify(row)}`);
}

/** A stored booking has receipt, event, deliveries, seats and key; a refused one has left no row. */
async function halfStored(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `select code, id, service, state,
       (select count(*) from receipts where subject_id = bookings.id) as receipts,
       (select count(*) from events where subject_id = bookings.id and type = 'submit') as events,
       (select count(*) from deliveries where subject_id = bookings.id and kind in ('booking.requested', 'job.requested') and version = 1) as deliveries,
       (select count(*) from seats where booking_id = bookings.id) as seats
     from bookings where erased_at is null`,
  ).all<
    Record<'code' | 'id' | 'service' | 'state', string> &
      Record<'receipts' | 'events' | 'deliveries' | 'seats', number>
  >();
  const orphans = await env.DB.prepare(
    `select (select count(*) from seats where booking_id not in (select id from bookings)) +
       (select count(*) from receipts where subject_id not in (select id from bookings)) +
       (select count(*) from events where subject_id not in (select id from bookings union select id from messages)) as n`,
  ).first<{ n: number }>();
  const broken = results.map(async (row) => {
    const seated = ['requested', 'confirmed', 'completed'].includes(row.state);
    const seats = findService(row.service)?.windows ?? 0;
    const key = await env.VAULT.get(row.id, 'arrayBuffer');
    const whole =
      row.receipts === 1 &&
      row.events === 1 &&
      row.deliveries === 2 &&
      key !== null &&
      (!seated || row.seats === seats);
    return whole ? [] : [`${row.code} is half stored: ${JSON.stringify(row)}`];
  });
  const orphaned = orphans?.n === 0 ? [] : [`${orphans?.n} rows without a record`];
  return [...(await Promise.all(broken)).flat(), ...orphaned];
}

/** A complaint needs no consent, so it has no receipt; its event, its mail and its key are there. */
async function halfStoredMessages(): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `select code, id,
       (select count(*) from events where subject_id = messages.id and type = 'submit') as events,
       (select count(*) from deliveries where subject_id = messages.id) as deliveries
     from messages where erased_at is null`,
  ).all<{ code: string; id: string; events: number; deliveries: number }>();
  const broken = results.map(async ({ code, id, events, deliveries }) => {
    const key = await env.VAULT.get(id, 'arrayBuffer');
    return events === 1 && deliveries === 1 && key !== null ? [] : [`${code} is half stored`];
  });
  return (await Promise.all(broken)).flat();
}
