import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { later } from '../../../shared/time';
import { sendDueDeliveries } from '../../outbox/sweep';
import { transitionBooking } from '../../records/booking-transition';
import { findBooking } from '../../store/bookings';
import { NOW } from '../fixtures';
import { readDeliveries, submitBooking } from '../records';

const OUTAGE_HOURS = 26;
/** From then on the receiver is up again and refuses our key. */
const REFUSING = later(NOW, { hours: 14 });
const BACK = later(NOW, { hours: OUTAGE_HOURS });
const WINDOWS = ['sang-som', 'sang', 'chieu', 'chieu-muon'];

interface Taken {
  code: string;
  version: number;
  type: string;
  at: Date;
}

/** Dispatch and mail service, dead until `BACK`. */
function breakServices(readTime: () => Date) {
  const jobs: Taken[] = [];
  const mails: { id: string; at: Date }[] = [];
  vi.mocked(globalThis.fetch).mockImplementation(async (_url, init) => {
    if (readTime() < REFUSING) throw new Error('Network connection lost.');
    if (readTime() < BACK) return new Response(null, { status: 401 });
    const { type, data } = JSON.parse(init?.body as string) as {
      type: string;
      data: { code: string; version: number };
    };
    jobs.push({ code: data.code, version: data.version, type, at: readTime() });
    return new Response(null, { status: 204 });
  });
  vi.mocked(env.STAFF_EMAIL.send).mockImplementation(async (message) => {
    if (readTime() < BACK) throw Object.assign(new Error(), { code: 'E_INTERNAL_SERVER_ERROR' });
    const { headers } = message;
    mails.push({ id: headers?.['X-Delivery-Id'] ?? '', at: readTime() });
    return { messageId: 'back' };
  });
  return { jobs, mails };
}

async function bookOver(hours: number, count: number): Promise<{ id: string; at: Date }[]> {
  const booked = [];
  for (let number = 0; number < count; number += 1) {
    const at = later(NOW, { minutes: Math.floor((hours * 60 * number) / count) });
    const date = `2026-12-${String(1 + Math.floor(number / 8)).padStart(2, '0')}`;
    const phone = `0912 345 ${String(100 + number)}`;
    const window = WINDOWS[number % 4] ?? '';
    booked.push({
      at,
      ...(await submitBooking({ phone, email: undefined, date, window }, { now: at })),
    });
  }
  return booked;
}

async function move(id: string, kind: 'confirm' | 'cancel', now: Date): Promise<void> {
  const booking = await findBooking(env.DB, id);
  if (booking === null) throw new Error('not stored');
  const moved = await transitionBooking(env, { booking, transition: kind, actor: 'customer', now });
  expect(moved.outcome).toBe('done');
}

async function nextDue(): Promise<Date | null> {
  const row = await env.DB.prepare(
    `select min(next_attempt_at) as at from deliveries where status = 'due'`,
  ).first<{ at: string | null }>();
  const at = row?.at ?? null;
  return at === null ? null : new Date(at);
}

const minutesBetween = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 60_000;

describe('dispatch and mail down for 26 hours', () => {
  test(
    'the newest event of every booking and every staff e-mail arrive within 5 minutes of the first success',
    { timeout: 120_000 },
    async () => {
      let now = NOW;
      const { jobs, mails } = breakServices(() => now);
      const booked = await bookOver(20, 12);
      for (const [number, { id, at }] of booked.entries()) {
        if (number % 5 === 1) await move(id, 'confirm', later(at, { hours: 1 }));
        if (number % 5 === 2) await move(id, 'cancel', later(at, { hours: 2 }));
      }
      for (let next: Date | null = NOW; next !== null; next = await nextDue()) {
        const minute = new Date(Math.ceil(next.getTime() / 60_000) * 60_000);
        now = minute > now ? minute : later(now, { minutes: 1 });
        await sendDueDeliveries(env, now);
      }

      const wanted = new Set<string>();
      for (const { id } of booked) {
        const rows = await readDeliveries(id);
        expect(rows.filter(({ status }) => !['delivered', 'superseded'].includes(status))).toEqual(
          [],
        );
        const newest = rows.filter(
          ({ channel, status }) => channel === 'dispatch' && status === 'delivered',
        );
        const code = (await findBooking(env.DB, id))?.code ?? '';
        const taken = jobs.filter((job) => job.code === code);
        expect(taken.map(({ version }) => version)).toEqual(newest.map(({ version }) => version));
        expect(newest.length).toBeLessThanOrEqual(1);
        for (const row of rows) {
          if (row.channel === 'staff-email' && row.status === 'delivered') wanted.add(row.id);
        }
      }
      const [firstJob] = jobs;
      const [firstMail] = mails;
      for (const { at } of jobs)
        expect(minutesBetween(firstJob?.at ?? at, at)).toBeLessThanOrEqual(5);
      for (const { at } of mails)
        expect(minutesBetween(firstMail?.at ?? at, at)).toBeLessThanOrEqual(5);
      expect(new Set(mails.map(({ id }) => id))).toEqual(wanted);
      expect([jobs.length, mails.length]).toEqual([10, 12]);
    },
  );
});
