import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { later } from '../../shared/time';
import { listChannels } from '../store/channels';
import { answerDispatch, dispatchDeliveries } from '../test/dispatch';
import { deliverOne } from './attempt';
import { failureLines } from './mails/digest-lines';
import { sendDueDeliveries } from './sweep';
import { NOW } from '../test/fixtures';
import { submitBooking } from '../test/records';

describe('a channel that fails', () => {
  test('is marked, and revives what waits for it with its next success', async () => {
    let status = 503;
    const seen = answerDispatch(() => status);
    const first = await submitBooking();
    const second = await submitBooking({ phone: '0913 000 111' });
    await sendDueDeliveries(env, NOW);
    await sendDueDeliveries(env, later(NOW, { minutes: 3 }));
    expect((await listChannels(env.DB))[0]?.failingSince).not.toBeNull();
    const waiting = [
      ...(await dispatchDeliveries(first.id)),
      ...(await dispatchDeliveries(second.id)),
    ].toSorted((a, b) => a.next_attempt_at.localeCompare(b.next_attempt_at));
    const back = new Date(waiting[0]?.next_attempt_at ?? 0);
    status = 204;
    expect(await deliverOne(env, waiting[0]?.id ?? '', back)).toBe('delivered');
    expect(await deliverOne(env, waiting[1]?.id ?? '', back)).toBe('delivered');
    expect(await listChannels(env.DB)).toMatchObject([{ name: 'dispatch', failingSince: null }]);
    expect(seen).toHaveLength(6);
  });

  test.each([400, 409, 413, 422])(
    'is not marked for one message that is refused with %i',
    async (status) => {
      answerDispatch(() => status);
      const { id } = await submitBooking();
      await deliverOne(env, (await dispatchDeliveries(id))[0]?.id ?? '', NOW);
      expect(await listChannels(env.DB)).toEqual([]);
    },
  );

  test.each([401, 403, 404, 405, 408])(
    'brings back what %i kept out for hours with the first success',
    async (status) => {
      let answered = status;
      answerDispatch(() => answered);
      const { id } = await submitBooking();
      for (const hours of [0, 1, 4, 8, 18, 19]) await sendDueDeliveries(env, later(NOW, { hours }));
      expect((await listChannels(env.DB))[0]?.failingSince).toBeInstanceOf(Date);
      const back = later(NOW, { hours: 20 });
      const other = await submitBooking({ phone: '0913 000 111' }, { now: back });
      answered = 204;
      await sendDueDeliveries(env, back);
      await sendDueDeliveries(env, later(back, { minutes: 1 }));
      expect((await dispatchDeliveries(id))[0]?.status).toBe('delivered');
      expect((await dispatchDeliveries(other.id))[0]?.status).toBe('delivered');
    },
  );

  test('revives nothing before the moment that the receiver asked for', async () => {
    const seen = answerDispatch(() => 500);
    const first = await submitBooking();
    vi.mocked(globalThis.fetch).mockImplementationOnce(
      async () => new Response(null, { status: 429, headers: { 'retry-after': '3600' } }),
    );
    const row = async () => (await dispatchDeliveries(first.id))[0];
    await deliverOne(env, (await row())?.id ?? '', NOW);
    const soon = later(NOW, { minutes: 1 });
    const second = await submitBooking({ phone: '0913 000 111' }, { now: soon });
    answerDispatch(() => 204);
    expect(await deliverOne(env, (await dispatchDeliveries(second.id))[0]?.id ?? '', soon)).toBe(
      'delivered',
    );
    expect(seen).toHaveLength(0);
    expect((await row())?.next_attempt_at).toBe(later(NOW, { hours: 1 }).toISOString());
    await sendDueDeliveries(env, later(NOW, { minutes: 30 }));
    expect((await row())?.status).toBe('due');
    expect(await deliverOne(env, (await row())?.id ?? '', later(NOW, { hours: 1 }))).toBe(
      'delivered',
    );
  });

  test('revives at the moment asked for what its own plan would try hours later', async () => {
    answerDispatch(() => 429);
    const first = await submitBooking();
    const second = await submitBooking({ phone: '0913 000 111' });
    const id = (await dispatchDeliveries(first.id))[0]?.id ?? '';
    await env.DB.prepare('update deliveries set attempts = 6 where id = ?').bind(id).run();
    vi.mocked(globalThis.fetch).mockImplementationOnce(
      async () => new Response(null, { status: 503, headers: { 'retry-after': '600' } }),
    );
    await deliverOne(env, id, NOW);
    answerDispatch(() => 204);
    await deliverOne(
      env,
      (await dispatchDeliveries(second.id))[0]?.id ?? '',
      later(NOW, { minutes: 1 }),
    );
    expect((await dispatchDeliveries(first.id))[0]?.next_attempt_at).toBe(
      later(NOW, { minutes: 10 }).toISOString(),
    );
  });

  test('has what is more than an hour late named in the digest', async () => {
    answerDispatch(() => 422);
    const { id, code } = await submitBooking();
    await sendDueDeliveries(env, NOW);
    expect(await failureLines(env, later(NOW, { minutes: 59 }))).toEqual([]);
    const [line, ...more] = await failureLines(env, later(NOW, { minutes: 61 }));
    expect(more).toEqual([]);
    expect(line?.text).toContain(code);
    expect(line?.text).toContain((await dispatchDeliveries(id))[0]?.id);
  });
});
