import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { deliverOne } from '../outbox/attempt';
import { NOW, readDeliveries, submitBooking } from '../test/submitted';
import { fillSql, RESUME_SQL } from './delivery-commands';
import { CHANNEL_OFF_SQL } from './sending';

describe('npm run deliveries -- off dispatch', () => {
  test('keeps what is due from the receiver until the channel is opened, and lets mail go on', async () => {
    vi.mocked(globalThis.fetch).mockImplementation(async () => new Response(null, { status: 204 }));
    const booking = await submitBooking();
    const rows = await readDeliveries(booking.id);
    const idOf = (name: string) => rows.find(({ channel }) => channel === name)?.id ?? '';
    const texts = { channel: 'dispatch', now: NOW.toISOString() };
    await env.DB.prepare(fillSql(CHANNEL_OFF_SQL, texts)).run();
    expect(await deliverOne(env, idOf('dispatch'), NOW)).toBe('skipped');
    expect(globalThis.fetch).not.toHaveBeenCalled();
    expect(await deliverOne(env, idOf('staff-email'), NOW)).toBe('delivered');
    const resume = fillSql(RESUME_SQL, texts).split(';\n');
    await env.DB.batch(resume.map((sql) => env.DB.prepare(sql)));
    expect(await deliverOne(env, idOf('dispatch'), NOW)).toBe('delivered');
  });
});
