import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { countCalls } from '../test/wrap-database';
import { joinStatements } from './join-statements';

test('statements of one moment are one call, and one that fails stops no other', async () => {
  const { env: counting, counted } = countCalls(env);
  const db = joinStatements(counting.DB);
  const add = (day: string) =>
    db.prepare(`insert into visits (day, path, count) values (?, '/', 1)`).bind(day).run();
  const [first, , rows] = await Promise.all([
    db.prepare('select ?1 as one').bind(1).first(),
    add('2026-11-23'),
    db.prepare('select 2 as two').all(),
  ]);
  expect([first, rows.results, counted.calls]).toEqual([{ one: 1 }, [{ two: 2 }], 1]);
  const ends = await Promise.allSettled([add('2026-11-24'), add('2026-11-23')]);
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  const days = await db.prepare('select day from visits order by day').all();
  expect(days.results).toEqual([{ day: '2026-11-23' }, { day: '2026-11-24' }]);
});
