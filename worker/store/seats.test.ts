import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { isWindowFull, lockWindow, takeSeat, unlockWindow } from './seats';
import { NOW } from '../test/fixtures';
import { count, submitBooking } from '../test/records';

const slot = { date: '2026-11-25', window: 'sang' };

/** Takes one more seat for a booking that already has one, as a statement of its own. */
async function takeAnother(capacity: number): Promise<boolean> {
  const name = `Khách ${await count('bookings')}`;
  const booking = await submitBooking({ date: '2026-12-01', window: 'chieu', name });
  const change = {
    table: 'bookings',
    subjectId: booking.id,
    eventId: booking.lastEventId,
    at: NOW,
  } as const;
  try {
    await takeSeat(env.DB, change, { ...slot, capacity }).run();
    return true;
  } catch (error) {
    if (isWindowFull(error)) return false;
    throw error;
  }
}

const seatsTaken = () => count('seats', "visit_date = '2026-11-25' and arrival_window = 'sang'");

describe('takeSeat', () => {
  test('fills no window beyond a capacity that was lowered, though a low number is free', async () => {
    for (const name of ['Một', 'Hai', 'Ba']) await submitBooking({ ...slot, name });
    await env.DB.prepare("delete from seats where n = 2 and visit_date = '2026-11-25'").run();
    expect(await takeAnother(2)).toBe(false);
    expect(await seatsTaken()).toBe(2);
    expect(await takeAnother(3)).toBe(true);
    expect(await seatsTaken()).toBe(3);
  });

  test('takes no seat in a locked window, and one again once it is open', async () => {
    expect(await lockWindow(env.DB, slot, NOW)).toBe(true);
    expect(await lockWindow(env.DB, slot, NOW)).toBe(false);
    expect(await takeAnother(3)).toBe(false);
    expect(await unlockWindow(env.DB, slot)).toBe(true);
    expect(await unlockWindow(env.DB, slot)).toBe(false);
    expect(await takeAnother(3)).toBe(true);
  });
});
