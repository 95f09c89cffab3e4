import { type Context, Hono } from 'hono';
import { insertOwnRows, storeOwnBatch } from './own-rows.ts';

const EXPIRES_SECONDS = 90 * 86_400;
/** Tables of the rivals; a booking writes six rows: booking, seat, receipt, event and two deliveries. */
const TABLES = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `rival_${name}`);
/** About what a sealed person and a wrapped key weigh. */
const SEALED = new Uint8Array(280);
const WRAPPED_KEY = new Uint8Array(68);

type RivalContext = Context<{ Bindings: Env }>;

function insert(db: D1Database, table: string): D1PreparedStatement {
  return db
    .prepare(
      `insert into ${table} (id, first, second, third, at, sealed) values (?, ?, ?, ?, ?, ?)`,
    )
    .bind(crypto.randomUUID(), 'some', 'columns', 'of text', new Date().toISOString(), SEALED);
}

function writeRows({ env }: RivalContext, count: number): Promise<unknown> {
  return env.DB.batch(TABLES.slice(0, count).map((table) => insert(env.DB, table)));
}

function putKey({ env }: RivalContext): Promise<void> {
  return env.VAULT.put(crypto.randomUUID(), WRAPPED_KEY, { expirationTtl: EXPIRES_SECONDS });
}

/** What a booking's two deliveries send, after the answer as a booking does. */
function nudge({ env, executionCtx }: RivalContext): void {
  const bodies = [1, 2].map(() => ({ body: { v: 1, deliveryId: crypto.randomUUID() } }));
  executionCtx.waitUntil(env.DELIVERIES.sendBatch(bodies));
}

/** Everything that goes in and out for a booking, with a batch to choose. */
async function doAll(c: RivalContext, write: () => Promise<unknown>): Promise<void> {
  await putKey(c);
  await write();
  nudge(c);
}

/** What a rival does between reading the JSON and answering, by the last part of its path. */
const works: Readonly<Record<string, (c: RivalContext) => Promise<unknown> | void>> = {
  answer: () => undefined,
  three: (c) => writeRows(c, 3),
  six: (c) => writeRows(c, TABLES.length),
  key: putKey,
  queue: nudge,
  bare: (c) => doAll(c, () => writeRows(c, TABLES.length)),
  rows: (c) => doAll(c, () => insertOwnRows(c.env.DB)),
  batch: (c) => doAll(c, () => storeOwnBatch(c.env.DB)),
};

/** Bare handlers that do parts of a booking's input and output, and the steps from the bare handler to a booking. */
export const rivals = new Hono<{ Bindings: Env }>().basePath('/api/rival');

rivals.post('/prepare', async (c) => {
  const columns = `id text primary key, first text not null, second text not null, third text not null,
    at text not null, sealed blob not null`;
  await c.env.DB.batch(
    TABLES.map((table) =>
      c.env.DB.prepare(`create table if not exists ${table} (${columns}) strict`),
    ),
  );
  return c.body(null, 204);
});

for (const [name, work] of Object.entries(works)) {
  rivals.post(`/${name}`, async (c) => {
    await c.req.json();
    await work(c);
    return c.json({ ok: true }, 201);
  });
}
