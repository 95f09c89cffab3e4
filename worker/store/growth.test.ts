import { env } from 'cloudflare:workers';
import { beforeEach, expect, test, vi } from 'vitest';
import { deliverAll } from '../outbox/attempt';
import { runScheduled } from '../scheduled';
import { wrapDatabase } from '../test/wrap-database';
import { later } from '../../shared/time';
import { NOW } from '../test/fixtures';
import { subscribe } from '../test/letters';
import { submitBooking, submitMessage } from '../test/records';
import { send } from '../test/requests';

const COPIES = 300;
/** Rows that a few more records may cost. */
const FEW = 10;
/** Rows that the limit of an hour counts at most. */
const COUNTED = Number(env.UNCONFIRMED_LIMIT);

const minutesOn = (minutes: number) => later(NOW, { minutes });

/** Rows of `table` like the one there is, each with an id, a code and keys of its own, and with the values given. */
async function multiply(
  table: 'bookings' | 'messages' | 'plans' | 'deliveries' | 'subscribers',
  values: Record<string, string | null> = {},
): Promise<void> {
  const { results } = await env.DB.prepare(`select name from pragma_table_info('${table}')`).all<{
    name: string;
  }>();
  const own = new Set(['id', 'code', 'address_hash']);
  const names = results.map(({ name }) => name);
  const columns = names.map((name) =>
    name === 'plan_id'
      ? 'null'
      : name in values
        ? `'${values[name]}'`
        : own.has(name)
          ? 'hex(randomblob(16))'
          : name,
  );
  await env.DB.prepare(
    `with recursive copies (n) as (select 1 union all select n + 1 from copies where n < ${COPIES})
     insert into ${table} select ${columns.join(', ')} from (select * from ${table} limit 1), copies`,
  ).run();
  if (table !== 'bookings' && table !== 'messages') return;
  const fresh = 'hex(randomblob(16))';
  await env.DB.prepare(
    `insert into repeats (subject_id, intent, content_hash, phone_hash, email_hash, network_hash, created_at)
     select id, ${fresh}, ${fresh}, ${fresh}, ${fresh}, ${fresh}, created_at from ${table}
     where id not in (select subject_id from repeats)`,
  ).run();
}

/** How many rows the database reads while something happens. */
async function countRowsRead(work: (counted: Env) => Promise<unknown>): Promise<number> {
  let rows = 0;
  const DB = wrapDatabase(env.DB, async (call) => {
    const answer = await call();
    for (const { meta } of [answer].flat()) rows += meta.rows_read;
    return answer;
  });
  await work({ ...env, DB });
  return rows;
}

beforeEach(() => {
  vi.mocked(globalThis.fetch).mockImplementation(async () => new Response(null, { status: 200 }));
});

test.each([
  [
    'booking',
    'bookings',
    (counted: Env, minutes: number) =>
      submitBooking({ note: `${minutes}` }, { now: minutesOn(minutes), env: counted }),
  ],
  [
    'message',
    'messages',
    (counted: Env, minutes: number) =>
      submitMessage(
        { kind: 'question', consent: 'yes' },
        { now: minutesOn(minutes), env: counted },
      ),
  ],
] as const)('a %s costs no more rows when hundreds are live', async (_, table, submit) => {
  await submit(env, 0);
  const alone = await countRowsRead((counted) => submit(counted, 11));
  expect(alone).toBeGreaterThan(0);
  const longAgo = minutesOn(-120).toISOString();
  await multiply(table, { created_at: longAgo, state_at: longAgo });
  expect(await countRowsRead((counted) => submit(counted, 22))).toBeLessThan(alone + FEW);
  await multiply(table);
  expect(await countRowsRead((counted) => submit(counted, 33))).toBeLessThan(alone + FEW + COUNTED);
});

/** A year of work: visits to come and past, refusals, erased records, what was sent for them, and a letter that has just gone out. */
async function storeAYear(): Promise<void> {
  const past = { visit_date: '2026-09-01', visit_ends_at: '2026-09-01T03:00:00.000Z' };
  const longAgo = { state_at: '2026-09-02T03:00:00.000Z', created_at: '2026-08-30T03:00:00.000Z' };
  const erased = { erased_at: '2026-10-02T03:00:00.000Z', key_ends_at: '2026-10-02T03:00:00.000Z' };
  await multiply('bookings', { state: 'confirmed' });
  await multiply('bookings', { state: 'completed', ...past, ...longAgo });
  await multiply('bookings', { state: 'declined', ...past, ...longAgo });
  await multiply('bookings', { state: 'lapsed', ...past, ...longAgo, ...erased });
  await multiply('messages', { state: 'closed', ...longAgo, ...erased });
  const calm = { next_date: '2027-03-01', unsettled: '0' };
  await multiply('plans', { state: 'active', ...calm });
  await multiply('plans', { state: 'paused', paused_until: '2027-03-01', ...calm });
  await multiply('deliveries', { status: 'delivered', settled_at: '2026-09-02T03:00:00.000Z' });
  await multiply('deliveries', { status: 'superseded', settled_at: '2026-09-02T03:00:00.000Z' });
  await multiply('subscribers');
  const justNow = { last_attempt_at: NOW.toISOString(), settled_at: NOW.toISOString() };
  await multiply('deliveries', { channel: 'letter', status: 'delivered', ...justNow });
}

test('a run of cron and a look at health and status read no more rows after a year of records', async () => {
  await submitBooking({ service: 've-sinh-nha-o', repeat: 'weekly' });
  await submitMessage();
  await subscribe('hoa@example.org');
  await runScheduled(env, minutesOn(1));
  const minute = (at: number) => countRowsRead((counted) => runScheduled(counted, minutesOn(at)));
  const look = (at: number, path: string) =>
    countRowsRead(async (counted) => send(path, {}, { now: minutesOn(at), env: counted }));
  const paths = ['/api/health', '/api/status', '/minh-bach/'];
  const alone = await minute(2);
  const looks = await Promise.all(paths.map((path) => look(2, path)));
  await storeAYear();
  expect(await minute(3)).toBeLessThan(alone + FEW);
  expect(await Promise.all(paths.map((path) => look(3, path)))).toEqual(looks);
});

test.each([
  ['wait for a person', { status: 'waiting', after_id: 'elsewhere' }],
  ['are due', { status: 'due' }],
  ['are dead', { status: 'dead' }],
])('an attempt does not read the deliveries of others that %s', async (_, others) => {
  const { deliveryIds } = await submitBooking();
  await multiply('deliveries', { ...others, subject_id: 'other' });
  const rows = await countRowsRead(async (counted) => {
    expect([...(await deliverAll(counted, deliveryIds, NOW)).values()]).toEqual([
      'delivered',
      'delivered',
    ]);
  });
  expect(rows).toBeLessThan(COPIES);
});
