import { env } from 'cloudflare:workers';
import { type Booking, findBooking } from '../store/bookings.ts';
import { findMessage, type Message } from '../store/messages.ts';
import { findPlan, type Plan } from '../store/plans.ts';
import {
  acceptBookingForm,
  acceptContactForm,
  type FieldChanges,
  type SubmitOptions,
} from './fixtures.ts';

interface Options extends SubmitOptions {
  /** The bindings that the Worker gets, where they are not those of the test. */
  env?: Env;
}

/** Stores a booking and returns it with the ids of its deliveries. Throws the outcome where it is not accepted as new. */
export async function submitBooking(
  changes: FieldChanges = {},
  options: Options & { origin?: 'web' | 'phone' } = {},
): Promise<Booking & { deliveryIds: string[] }> {
  const outcome = await acceptBookingForm(options.env ?? env, changes, options);
  if (outcome.outcome !== 'accepted') throw new Error(outcome.outcome);
  return { ...(await readBooking(outcome.record.id)), deliveryIds: outcome.deliveryIds };
}

/** Stores a contact message and returns it with the ids of its deliveries. Throws the outcome where it is not accepted as new. */
export async function submitMessage(
  changes: FieldChanges = {},
  options: Options = {},
): Promise<Message & { deliveryIds: string[] }> {
  const outcome = await acceptContactForm(options.env ?? env, changes, options);
  if (outcome.outcome !== 'accepted') throw new Error(outcome.outcome);
  return { ...(await readMessage(outcome.record.id)), deliveryIds: outcome.deliveryIds };
}

/** A booking as it is stored now. */
export async function readBooking(id: string): Promise<Booking> {
  const booking = await findBooking(env.DB, id);
  if (booking === null) throw new Error('not stored');
  return booking;
}

/** A plan as it is stored now. */
export async function readPlan(id: string): Promise<Plan> {
  const plan = await findPlan(env.DB, id);
  if (plan === null) throw new Error('no plan');
  return plan;
}

/** Stores a booking anew with no more columns than there were before a visit could have several services. */
export async function writeAsBefore(id: string): Promise<void> {
  const row = await env.DB.prepare('select * from bookings where id = ?').bind(id).first();
  const columns = Object.entries(row ?? {}).filter(
    ([name]) => name !== 'further_services' && name !== 'visit',
  );
  const names = columns.map(([name]) => name);
  await env.DB.batch([
    env.DB.prepare('delete from bookings where id = ?').bind(id),
    env.DB.prepare(
      `insert into bookings (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
    ).bind(...columns.map(([, value]) => value)),
  ]);
}

/** A contact message as it is stored now. */
export async function readMessage(id: string): Promise<Message> {
  const message = await findMessage(env.DB, id);
  if (message === null) throw new Error('not stored');
  return message;
}

/** The deliveries of a record in the order of their versions. */
export async function readDeliveries(subjectId: string) {
  const { results } = await env.DB.prepare(
    'select * from deliveries where subject_id = ? order by version, channel, kind',
  )
    .bind(subjectId)
    .all<{
      id: string;
      channel: string;
      kind: string;
      version: number;
      status: string;
      attempts: number;
      last_result: string | null;
      next_attempt_at: string;
    }>();
  return results;
}

/** How many rows of a table fulfil a condition in SQL. */
export async function count(table: string, where = '1 = 1'): Promise<number> {
  const row = await env.DB.prepare(`select count(*) as n from ${table} where ${where}`).first<{
    n: number;
  }>();
  return row?.n ?? -1;
}

/** How many rows each table of a request's path holds. */
export async function countRows(): Promise<Record<string, number>> {
  const tables = ['bookings', 'messages', 'seats', 'receipts', 'events', 'deliveries'];
  const counts = await Promise.all(tables.map((table) => count(table)));
  return Object.fromEntries(tables.map((table, at) => [table, counts[at] ?? -1]));
}

/** Deletes every booking with what belongs to it, and every lock of a window. */
export async function deleteBookings(): Promise<void> {
  const tables = ['bookings', 'repeats', 'seats', 'receipts', 'events', 'deliveries'];
  await env.DB.batch(
    [...tables, 'window_locks'].map((table) => env.DB.prepare(`delete from ${table}`)),
  );
}

/** Every table as it stands, without the counted tries; two equal texts mean that nothing was changed. */
export async function readDatabase(): Promise<string> {
  const { results } = await env.DB.prepare(
    `select name from sqlite_master where type = 'table' and name not like '\\_%' escape '\\' and name not like 'sqlite%'
       and name not like 'd1%' order by name`,
  ).all<{ name: string }>();
  const tables = await Promise.all(
    results.map(async ({ name }) => [
      name,
      (await env.DB.prepare(`select * from "${name}" order by 1, 2`).all()).results,
    ]),
  );
  return JSON.stringify(tables);
}
