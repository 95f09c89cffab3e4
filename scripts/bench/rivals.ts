import { Hono } from 'hono';

const EXPIRES_SECONDS = 90 * 86_400;
/** Tables of the rivals; a booking writes six rows: booking, seat, receipt, event and two deliveries. */
const TABLES = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `rival_${name}`);

function insert(db: D1Database, table: string): D1PreparedStatement {
  return db
    .prepare(
      `insert into ${table} (id, first, second, third, at, sealed) values (?, ?, ?, ?, ?, ?)`,
    )
    .bind(crypto.randomUUID(), 'some', 'columns', 'of text', new Date().toISOString(), BLOB);
}

/** About what a sealed person and a wrapped key weigh. */
const BLOB = new Uint8Array(280);
const WRAPPED_KEY = new Uint8Array(68);

function putKey(kv: KVNamespace): Promise<void> {
  return kv.put(crypto.randomUUID(), WRAPPED_KEY, { expirationTtl: EXPIRES_SECONDS });
}

function writeRows(db: D1Database, count: number) {
  return db.batch(TABLES.slice(0, count).map((table) => insert(db, table)));
}

/** What a booking's two deliveries send. */
function nudge(queue: Queue) {
  return queue.sendBatch([1, 2].map(() => ({ body: { v: 1, deliveryId: crypto.randomUUID() } })));
}

/** Bare handlers that do parts of a booking's input and output and nothing else, and the one that does all of it. */
export const rivals = new Hono<{ Bindings: Env }>()
  .post('/prepare', async (c) => {
    await c.env.DB.batch(
      TABLES.map((table) =>
        c.env.DB.prepare(
          `create table if not exists ${table} (id text primary key, first text not null, second text not null,
             third text not null, at text not null, sealed blob not null) strict`,
        ),
      ),
    );
    return c.body(null, 204);
  })
  .post('/answer', async (c) => {
    await c.req.json();
    return c.json({ ok: true }, 201);
  })
  .post('/three', async (c) => {
    await c.req.json();
    await writeRows(c.env.DB, 3);
    return c.json({ ok: true }, 201);
  })
  .post('/six', async (c) => {
    await c.req.json();
    await writeRows(c.env.DB, TABLES.length);
    return c.json({ ok: true }, 201);
  })
  .post('/key', async (c) => {
    await c.req.json();
    await putKey(c.env.VAULT);
    return c.json({ ok: true }, 201);
  })
  .post('/queue', async (c) => {
    await c.req.json();
    c.executionCtx.waitUntil(nudge(c.env.DELIVERIES));
    return c.json({ ok: true }, 201);
  })
  .post('/bare', async (c) => {
    await c.req.json();
    await putKey(c.env.VAULT);
    await writeRows(c.env.DB, TABLES.length);
    c.executionCtx.waitUntil(nudge(c.env.DELIVERIES));
    return c.json({ ok: true }, 201);
  });
