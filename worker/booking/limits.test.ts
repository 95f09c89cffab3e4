import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { fromVietnam, later } from '../../shared/time';
import { prepareNetworkKey } from '../personal-data/network-key';
import { transitionBooking } from '../records/booking-transition';
import { transitionMessage } from '../records/message-transition';
import { findBookingByCode } from '../store/bookings';
import { clearOldHashes } from '../tasks/clean-up';
import { bookingFields, NOW } from '../test/fixtures';
import { count, submitBooking, submitMessage } from '../test/records';
import { postJson } from '../test/requests';

const windows = ['sang-som', 'sang', 'chieu', 'chieu-muon'];
/** Somebody else in another window each time. */
const other = (index: number) => ({
  name: `Căn hộ ${index}`,
  phone: `0912 ${String(300_000 + 101 * index)}`,
  email: `so.${index}@example.org`,
  date: `2026-12-0${1 + (Math.floor(index / 4) % 5)}`,
  window: windows[index % 4],
});

describe('a network', () => {
  test('has six requests that wait on one day; confirmed ones and those of yesterday no longer count', async () => {
    const network = '203.0.113.7';
    const all = [];
    for (let index = 0; index < 7; index += 1)
      all.push(await submitBooking(other(index), { network }));
    expect(all.map(({ state }) => state).join()).toBe(
      'requested,requested,requested,requested,requested,requested,held',
    );
    expect(all[6]?.holdReason).toBe('network');
    const away = await submitBooking(other(8), { network: '203.0.113.8' });
    expect(away.state).toBe('requested');
    for (const booking of all.slice(0, 6))
      await transitionBooking(env, { booking, transition: 'confirm', actor: 'staff', now: NOW });
    expect((await submitBooking(other(9), { network })).state).toBe('requested');
    const tomorrow = fromVietnam('2026-11-24', '00:00');
    for (let index = 10; index < 16; index += 1)
      await submitBooking(other(index), { network, now: tomorrow });
    expect((await submitBooking(other(16), { network, now: tomorrow })).holdReason).toBe('network');
  });

  test('counts held requests, and one of /64 as one', async () => {
    const headers = { 'CF-Connecting-IP': '2001:db8:1:2:3::4' };
    for (let index = 0; index < 6; index += 1)
      await postJson('/api/bookings', bookingFields({ ...other(index), intent: '' }), { headers });
    const beside = { headers: { 'CF-Connecting-IP': '2001:db8:1:2:ffff::1' } };
    const answer = await postJson('/api/bookings', bookingFields(other(7)), beside);
    const { code, status } = await answer.json<{ code: string; status: string }>();
    const stored = await findBookingByCode(env.DB, code);
    expect([answer.status, status, stored?.holdReason]).toEqual([201, 'requested', 'network']);
  });

  test('is forgotten when its day is over, and its key is made the day before', async () => {
    await submitBooking(other(1), { network: '203.0.113.7' });
    await clearOldHashes(env, fromVietnam('2026-11-23', '23:00'));
    expect(await count('repeats', 'network_hash is not null')).toBe(1);
    expect((await env.VAULT.list({ prefix: 'network/' })).keys.map(({ name }) => name)).toContain(
      'network/2026-11-24',
    );
    await clearOldHashes(env, fromVietnam('2026-11-24', '00:00'));
    expect(await count('repeats', 'network_hash is not null')).toBe(0);
    expect(await count('repeats')).toBe(1);
  });

  test('has another hash on another day, and a key that is made only once', async () => {
    const name = 'network/2026-11-24';
    await prepareNetworkKey(env.VAULT, NOW);
    const key = await env.VAULT.get(name);
    await prepareNetworkKey(env.VAULT, NOW);
    expect(await env.VAULT.get(name)).toBe(key);
    for (const [index, now] of [NOW, later(NOW, { days: 1 })].entries())
      await submitBooking(other(index), { network: '203.0.113.7', now });
    expect(await count('(select distinct network_hash from repeats)')).toBe(2);
  });
});

describe('the site', () => {
  test('has twelve bookings from the web that wait in an hour; answered, older and phone ones do not count', async () => {
    const all = [];
    for (let index = 0; index < 12; index += 1) all.push(await submitBooking(other(index)));
    expect((await submitBooking(other(12))).holdReason).toBe('busy');
    expect((await submitBooking(other(13), { origin: 'phone' })).state).toBe('requested');
    const [first] = all;
    if (first === undefined) throw new Error('none');
    await transitionBooking(env, {
      booking: first,
      transition: 'confirm',
      actor: 'staff',
      now: NOW,
    });
    expect((await submitBooking(other(15))).state).toBe('requested');
    expect((await submitBooking(other(16))).holdReason).toBe('busy');
    expect((await submitBooking(other(14), { now: later(NOW, { hours: 1 }) })).state).toBe(
      'requested',
    );
  });
});

describe('one sender', () => {
  test.each(['phone', 'email'] as const)('has ten live requests a day by %s', async (kind) => {
    const own = { phone: '0912 345 678', email: 'HOA@example.org' }[kind];
    for (let at = 0; at < 10; at += 1)
      await submitBooking({ ...other(at), [kind]: own }, { now: later(NOW, { hours: -at - 1 }) });
    expect((await submitBooking({ ...other(11), [kind]: own.toLowerCase() })).holdReason).toBe(
      'phone',
    );
    expect((await submitBooking(other(12))).state).toBe('requested');
  });
});

describe('messages', () => {
  const network = '203.0.113.7';
  const write = (index: number, kind = 'question', changes = {}) =>
    submitMessage(
      {
        name: other(index).name,
        phone: other(index).phone,
        kind,
        consent: 'yes',
        message: `Câu ${index}`,
        ...changes,
      },
      { network },
    );

  test('have counters of their own; complaints and privacy requests have none', async () => {
    for (let at = 0; at < 6; at += 1) await submitBooking(other(at), { network });
    const questions = [];
    for (let at = 0; at < 7; at += 1)
      questions.push(await write(at, at % 2 === 0 ? 'quote' : 'question'));
    expect(questions.map(({ state }) => state).join()).toBe('open,open,open,open,open,open,held');
    for (let at = 7; at < 22; at += 1) {
      const sent = await write(at, at % 2 === 0 ? 'complaint' : 'privacy', {
        phone: '0912 345 678',
      });
      expect(sent.state).toBe('open');
    }
  });

  test('are twelve in an hour that wait, and an e-mail address counts like a phone', async () => {
    const from = (at: number, email: string) =>
      submitMessage({
        name: `Người ${at}`,
        phone: undefined,
        email,
        kind: 'question',
        consent: 'yes',
        message: `Câu ${at}`,
      });
    const own = [];
    for (let at = 0; at < 11; at += 1)
      own.push(await from(at, at === 0 ? 'HOA@example.org' : 'hoa@example.org'));
    expect(own.at(-1)?.holdReason).toBe('phone');
    await from(20, 'b@example.org');
    await from(21, 'c@example.org');
    expect((await from(22, 'd@example.org')).holdReason).toBe('busy');
    const [first] = own;
    if (first === undefined) throw new Error('none');
    await transitionMessage(env, {
      message: first,
      transition: 'answer',
      actor: 'staff',
      now: NOW,
    });
    expect((await from(23, 'e@example.org')).state).toBe('open');
  });
});
