import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { deliverOne } from '../outbox/attempt';
import { fillSql, RESUME_SQL } from './delivery-commands';
import { CHANNEL_OFF_SQL } from './sending';
import { NOW } from '../test/fixtures';
import { answerDispatch } from '../test/dispatch';
import { readDeliveries, submitBooking } from '../test/records';

describe('npm run deliveries -- off dispatch', () => {
  test('keeps what is due from the receiver until the channel is opened, and lets mail go on', async () => {
    answerDispatch();
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
