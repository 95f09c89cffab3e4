import { type Context, Hono } from 'hono';
import { insertOwnRows, prepareOwnRows, storeOwnBatch } from './own-rows.ts';

const EXPIRES_SECONDS = 90 * 86_400;
/** Tables of the rivals; a booking writes seven rows: booking, what finds repeats, seat, receipt, event and two deliveries. */
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

function writeRows({ env }: RivalContext): Promise<unknown> {
  return env.DB.batch(TABLES.map((table) => insert(env.DB, table)));
}

function putKey({ env }: RivalContext): Promise<void> {
  return env.VAULT.put(crypto.randomUUID(), WRAPPED_KEY, { expirationTtl: EXPIRES_SECONDS });
}

/** Sends the two queue messages of a booking's deliveries, after the answer as a booking does. */
function sendMessages({ env, executionCtx }: RivalContext): void {
  const bodies = [1, 2].map(() => ({ body: { v: 1, deliveryId: crypto.randomUUID() } }));
  executionCtx.waitUntil(env.DELIVERIES.sendBatch(bodies));
}

/** A booking's whole input and output: one key, the given batch, the queue messages. */
async function doAll(c: RivalContext, write: () => Promise<unknown>): Promise<void> {
  await putKey(c);
  await write();
  sendMessages(c);
}

/** What a rival does between reading the JSON and answering, by the last part of its path. */
const parts: Readonly<Record<string, (c: RivalContext) => Promise<unknown> | void>> = {
  six: writeRows,
  key: putKey,
  queue: sendMessages,
  bare: (c) => doAll(c, () => writeRows(c)),
  rows: (c) => doAll(c, () => insertOwnRows(c.env.DB)),
  batch: (c) => doAll(c, () => storeOwnBatch(c.env.DB)),
};

/** Handlers that each do a part of what a booking does; `prepare` makes their tables in an empty database. */
export const rivals = new Hono<{ Bindings: Env }>().basePath('/api/rival');

rivals.post('/prepare', async (c) => {
  const columns = `id text primary key, first text not null, second text not null, third text not null,
    at text not null, sealed blob not null`;
  await c.env.DB.batch(
    TABLES.map((table) =>
      c.env.DB.prepare(`create table if not exists ${table} (${columns}) strict`),
    ),
  );
  await prepareOwnRows(c.env.DB);
  return c.body(null, 204);
});

for (const [name, doPart] of Object.entries(parts)) {
  rivals.post(`/${name}`, async (c) => {
    await c.req.json();
    await doPart(c);
    return c.json({ ok: true }, 201);
  });
}
