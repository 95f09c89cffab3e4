import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { at, book, count } from '../test/clock';
import { isWindowFull, takeSeat } from './seats';
import { lockWindow, unlockWindow } from './limits';

const NOW = at('2026-11-23', '09:00');
const slot = { date: '2026-11-25', window: 'sang' };

/** Takes one more seat for a booking that already has one, as a statement of its own. */
async function takeAnother(capacity: number): Promise<boolean> {
  const booking = await book(NOW, { date: '2026-12-01', window: 'chieu' });
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
    for (let seat = 0; seat < 3; seat += 1) await book(NOW, slot);
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

  test('gives the seats of one window to as many callers and visitors at once, and no more', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 24 }, (_, index) =>
        book(NOW, slot, {
          origin: index % 2 === 0 ? 'phone' : 'web',
          phone: `09123456${10 + index}`,
        }),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(await seatsTaken()).toBe(3);
    expect(await count('bookings')).toBe(3);
    expect(await count('receipts')).toBe(3);
  });
});
