import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { later } from '../../shared/time';
import { listChannels } from '../store/channels';
import { answer, dispatchOf } from '../test/dispatch-answers';
import { NOW, submitBooking } from '../test/submitted';
import { deliverOne } from './attempt';
import { failureLines } from './mails/digest-lines';
import { sendDueDeliveries } from './sweep';

describe('a channel that fails', () => {
  test('is marked, and revives what waits for it with its next success', async () => {
    let status = 503;
    const seen = answer(() => status);
    const first = await submitBooking();
    const second = await submitBooking({ phone: '0913 000 111' });
    await sendDueDeliveries(env, NOW);
    await sendDueDeliveries(env, later(NOW, { minutes: 3 }));
    expect((await listChannels(env.DB))[0]?.failingSince).not.toBeNull();
    const waiting = [...(await dispatchOf(first.id)), ...(await dispatchOf(second.id))].toSorted(
      (a, b) => a.next_attempt_at.localeCompare(b.next_attempt_at),
    );
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
      answer(() => status);
      const { id } = await submitBooking();
      await deliverOne(env, (await dispatchOf(id))[0]?.id ?? '', NOW);
      expect(await listChannels(env.DB)).toEqual([]);
    },
  );

  test.each([401, 403, 404, 405, 408])(
    'brings back what %i kept out for hours with the first success',
    async (status) => {
      let answered = status;
      answer(() => answered);
      const { id } = await submitBooking();
      for (const hours of [0, 1, 4, 8, 18, 19]) await sendDueDeliveries(env, later(NOW, { hours }));
      expect((await listChannels(env.DB))[0]?.failingSince).toBeInstanceOf(Date);
      const back = later(NOW, { hours: 20 });
      const other = await submitBooking({ phone: '0913 000 111' }, back);
      answered = 204;
      await sendDueDeliveries(env, back);
      await sendDueDeliveries(env, later(back, { minutes: 1 }));
      expect((await dispatchOf(id))[0]?.status).toBe('delivered');
      expect((await dispatchOf(other.id))[0]?.status).toBe('delivered');
    },
  );

  test('revives nothing before the moment that the receiver asked for', async () => {
    const seen = answer(() => 500);
    const first = await submitBooking();
    vi.mocked(globalThis.fetch).mockImplementationOnce(
      async () => new Response(null, { status: 429, headers: { 'retry-after': '3600' } }),
    );
    const row = async () => (await dispatchOf(first.id))[0];
    await deliverOne(env, (await row())?.id ?? '', NOW);
    const soon = later(NOW, { minutes: 1 });
    const second = await submitBooking({ phone: '0913 000 111' }, soon);
    answer(() => 204);
    expect(await deliverOne(env, (await dispatchOf(second.id))[0]?.id ?? '', soon)).toBe(
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

  test('revives at the moment asked for what its own clock would try hours later', async () => {
    answer(() => 429);
    const first = await submitBooking();
    const second = await submitBooking({ phone: '0913 000 111' });
    const id = (await dispatchOf(first.id))[0]?.id ?? '';
    await env.DB.prepare('update deliveries set attempts = 6 where id = ?').bind(id).run();
    vi.mocked(globalThis.fetch).mockImplementationOnce(
      async () => new Response(null, { status: 503, headers: { 'retry-after': '600' } }),
    );
    await deliverOne(env, id, NOW);
    answer(() => 204);
    await deliverOne(env, (await dispatchOf(second.id))[0]?.id ?? '', later(NOW, { minutes: 1 }));
    expect((await dispatchOf(first.id))[0]?.next_attempt_at).toBe(
      later(NOW, { minutes: 10 }).toISOString(),
    );
  });

  test('has what is more than an hour late named in the digest', async () => {
    answer(() => 422);
    const { id, code } = await submitBooking();
    await sendDueDeliveries(env, NOW);
    expect(await failureLines(env, later(NOW, { minutes: 59 }))).toEqual([]);
    const [line, ...more] = await failureLines(env, later(NOW, { minutes: 61 }));
    expect(more).toEqual([]);
    expect(line?.text).toContain(code);
    expect(line?.text).toContain((await dispatchOf(id))[0]?.id);
  });
});
