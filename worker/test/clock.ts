import { env } from 'cloudflare:workers';
import { vi } from 'vitest';
import { parseBookingRequest } from '../../shared/forms/booking';
import { fromVietnam } from '../../shared/time';
import { acceptBooking } from '../records/accept-booking';
import { runScheduled } from '../scheduled';
import { findBooking } from '../store/bookings';

/** A moment of a day in Vietnam. */
export function at(date: string, time: string): Date {
  return fromVietnam(date, time);
}

/** Runs the clock at a moment in Vietnam. */
export function tick(date: string, time: string): Promise<void> {
  return runScheduled(env, at(date, time));
}

/** Stores a booking of a customer of its own as sent at a moment, and gives its row back. */
export async function book(
  now: Date,
  wanted: { date: string; window?: string; service?: string },
  options: { holdReason?: string; origin?: 'web' | 'phone'; phone?: string } = {},
) {
  const parsed = parseBookingRequest({
    service: wanted.service ?? 've-sinh-nha-o',
    ward: '16690',
    address: '12 ngõ 5 đường Lê Hồng Phong',
    date: wanted.date,
    window: wanted.window ?? 'sang',
    name: `Nguyễn Thị ${crypto.randomUUID().slice(0, 4)}`,
    phone: options.phone ?? '0912 345 678',
    email: 'lan@example.com',
    consent: 'yes',
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const outcome = await acceptBooking(env, {
    request: parsed.request,
    origin: options.origin ?? 'web',
    intent: null,
    holdReason: options.holdReason ?? null,
    now,
  });
  if (!('record' in outcome)) throw new Error(outcome.outcome);
  return readBooking(outcome.record.id);
}

/** The row of a booking as it is now. */
export async function readBooking(id: string) {
  const booking = await findBooking(env.DB, id);
  if (booking === null) throw new Error('not stored');
  return booking;
}

/** The mails of the house itself that were sent so far: to whom, subject, text. */
export function houseMailsSent(): { to: string; subject: string; text: string }[] {
  const calls = vi.mocked(env.STAFF_EMAIL.send).mock.calls as unknown as [
    { to: string; subject: string; text: string },
  ][];
  return calls
    .map(([mail]) => ({ to: mail.to, subject: mail.subject, text: mail.text }))
    .filter(({ subject }) => !subject.startsWith('Yêu cầu mới'));
}

/** How many rows a query of one table finds. */
export async function count(table: string, where = '1 = 1'): Promise<number> {
  const row = await env.DB.prepare(`select count(*) as n from ${table} where ${where}`).first<{
    n: number;
  }>();
  return row?.n ?? -1;
}
