import { env } from 'cloudflare:workers';
import { expect, test, vi } from 'vitest';
import { NOW, submitBooking, submitMessage } from '../test/submitted';
import { later } from '../../shared/time';

const COPIES = 300;

/** Rows of `table` like the one there is, each with an id, a code and hashes of its own. */
async function multiply(table: 'bookings' | 'messages'): Promise<void> {
  const { results } = await env.DB.prepare(`select name from pragma_table_info('${table}')`).all<{
    name: string;
  }>();
  const own = new Set(['id', 'code', 'content_hash', 'phone_hash', 'intent']);
  const values = results.map(({ name }) => (own.has(name) ? 'hex(randomblob(16))' : name));
  await env.DB.prepare(
    `with recursive copies (n) as (select 1 union all select n + 1 from copies where n < ${COPIES})
     insert into ${table} select ${values.join(', ')} from (select * from ${table} limit 1), copies`,
  ).run();
}

/** What the database reads while something is submitted, in rows. */
async function countRowsRead(submit: () => Promise<unknown>): Promise<number> {
  let rows = 0;
  const batch = env.DB.batch.bind(env.DB);
  vi.spyOn(env.DB, 'batch').mockImplementation(async (statements) => {
    const results = await batch(statements);
    rows += results.reduce((sum, { meta }) => sum + meta.rows_read, 0);
    return results;
  });
  await submit();
  vi.mocked(env.DB.batch).mockRestore();
  return rows;
}

const minutesOn = (minutes: number) => later(NOW, { minutes });

test.each([
  [
    'booking',
    'bookings',
    (minutes: number) => submitBooking({ note: `${minutes}` }, minutesOn(minutes)),
  ],
  ['message', 'messages', (minutes: number) => submitMessage(minutesOn(minutes))],
] as const)('a %s costs no more rows when hundreds are live', async (_, table, submit) => {
  await submit(0);
  const alone = await countRowsRead(() => submit(11));
  await multiply(table);
  expect(alone).toBeGreaterThan(0);
  expect(await countRowsRead(() => submit(22))).toBeLessThan(alone + 10);
});
