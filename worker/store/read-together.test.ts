import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { countCalls } from '../test/wrap-database.ts';
import { readTogether } from './read-together.ts';

function counted() {
  const { env: counting, counted: count } = countCalls(env);
  return { db: readTogether(counting.DB), count };
}

test('sends what is asked for in one turn as one batch, and gives each its own answer', async () => {
  const { db, count } = counted();
  const [one, two, none] = await Promise.all([
    db.prepare('select 1 as n').first(),
    db.prepare('select ?1 as n union all select 3').bind(2).all(),
    db.prepare('select 1 as n where 0').first(),
  ]);
  expect([one, two.results, none]).toEqual([{ n: 1 }, [{ n: 2 }, { n: 3 }], null]);
  expect(count).toMatchObject({ calls: 1, statements: 3 });
});

test('sends what is asked for after an answer by itself, with writes and batches as they are', async () => {
  const { db, count } = counted();
  const put = db.prepare("insert into link_epochs (kind, epoch) values ('zz', ?1)");
  const read = db.prepare("select epoch as n from link_epochs where kind = 'zz'");
  await put.bind(1).run();
  expect(await read.first()).toEqual({ n: 1 });
  const [, { results = [] } = {}] = await db.batch([
    db.prepare("update link_epochs set epoch = 2 where kind = 'zz'"),
    read,
  ]);
  expect(results).toEqual([{ n: 2 }]);
  expect(count.calls).toBe(3);
});

test('fails what was asked for together when one of it fails, and nothing after it', async () => {
  const { db } = counted();
  const together = [db.prepare('select 1').first(), db.prepare('select n from nowhere').first()];
  expect((await Promise.allSettled(together)).map(({ status }) => status)).toEqual([
    'rejected',
    'rejected',
  ]);
  expect(await db.prepare('select 1 as n').first()).toEqual({ n: 1 });
});
