import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { dailySlot, minuteSlot, runSlot } from './slots';

describe('dailySlot', () => {
  test.each([
    ['at the very minute', '2026-11-23T11:00:00.000Z', '2026-11-23T11:00:00.000Z'],
    [
      'a minute before, the day before counts',
      '2026-11-23T10:59:59.999Z',
      '2026-11-22T11:00:00.000Z',
    ],
    ['at 23:59 in Vietnam', '2026-11-23T16:59:00.000Z', '2026-11-23T11:00:00.000Z'],
    ['at 00:01 in Vietnam', '2026-11-23T17:01:00.000Z', '2026-11-23T11:00:00.000Z'],
    ['across a year', '2026-12-31T17:01:00.000Z', '2026-12-31T11:00:00.000Z'],
  ])('%s', (_name, now, slot) => {
    expect(dailySlot(new Date(now), '18:00').toISOString()).toBe(slot);
  });
});

describe('minuteSlot', () => {
  test('cuts to the quarter of an hour', () => {
    const cut = (now: string) => minuteSlot(new Date(now), 15).toISOString();
    expect(cut('2026-11-23T02:14:59.999Z')).toBe('2026-11-23T02:00:00.000Z');
    expect(cut('2026-11-23T02:15:00.000Z')).toBe('2026-11-23T02:15:00.000Z');
  });
});

describe('runSlot', () => {
  const write = (name: string) =>
    env.DB.prepare(`insert into visits (day, path, count) values ('2026-11-23', ?, 1)`).bind(name);
  const slot = (startsAt: string, now = startsAt, lateHours?: number) => ({
    task: 'sample',
    startsAt: new Date(startsAt),
    now: new Date(now),
    lateHours,
    draft: async () => [write(startsAt)],
  });
  const written = async () => {
    const rows = await env.DB.prepare('select path from visits order by path').all<{
      path: string;
    }>();
    return rows.results.map(({ path }) => path);
  };

  test('acts once a slot, and never for an older one', async () => {
    expect(await runSlot(env.DB, slot('2026-11-23T11:00:00.000Z'))).toBe(true);
    expect(
      await runSlot(env.DB, slot('2026-11-23T11:00:00.000Z', '2026-11-23T11:01:00.000Z')),
    ).toBe(false);
    expect(await runSlot(env.DB, slot('2026-11-22T11:00:00.000Z'))).toBe(false);
    expect(await written()).toEqual(['2026-11-23T11:00:00.000Z']);
  });

  test('lets a slot go that is too late, or was missed before the first run', async () => {
    await runSlot(env.DB, slot('2026-11-23T11:00:00.000Z', '2026-11-23T11:06:00.000Z', 4));
    expect(await written()).toEqual([]);
    await runSlot(env.DB, slot('2026-11-24T11:00:00.000Z', '2026-11-24T15:00:00.000Z', 4));
    expect(await written()).toEqual(['2026-11-24T11:00:00.000Z']);
    await runSlot(env.DB, slot('2026-11-25T11:00:00.000Z', '2026-11-25T15:00:01.000Z', 4));
    expect(await written()).toEqual(['2026-11-24T11:00:00.000Z']);
  });

  test('leaves the slot unclaimed where its statements fail', async () => {
    const broken = {
      ...slot('2026-11-23T11:00:00.000Z'),
      draft: async () => [write('a'), write('a')],
    };
    await expect(runSlot(env.DB, broken)).rejects.toThrow();
    expect(await runSlot(env.DB, slot('2026-11-23T11:00:00.000Z'))).toBe(true);
  });
});
