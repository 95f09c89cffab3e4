import { type Context, Hono } from 'hono';
import { deliverOne } from '../../worker/outbox/attempt.ts';
import { sendDueDeliveries } from '../../worker/outbox/sweep.ts';
import { listDueDeliveries } from '../../worker/store/due-deliveries.ts';
import { SENT_AT } from './sent-at.ts';

const EXPIRES_SECONDS = 90 * 86_400;
/** Tables of the bare handler; a booking writes seven rows: booking, what finds repeats, seat, receipt, event and two deliveries. */
const TABLES = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `rival_${name}`);
/** About what a sealed person and a wrapped key weigh. */
const SEALED = new Uint8Array(280);
const WRAPPED_KEY = new Uint8Array(68);

/** How often the bench looks whether all is delivered, and the milliseconds between: each look is CPU of the pass. */
const LOOKS_MAX = 480;
const LOOK_MS = 250;

type RivalContext = Context<{ Bindings: Env }>;

let delivers = false;

/** Whether the queue's consumer delivers, or only takes its messages. */
export function deliversNow(): boolean {
  return delivers;
}

/** The bindings with a mail service that takes every mail. */
export function withMail(env: Env): Env {
  const mail = { send: async () => ({ messageId: 'bench' }) } as unknown as SendEmail;
  return { ...env, STAFF_EMAIL: mail, CUSTOMER_EMAIL: mail };
}

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

/** A booking's whole input and output: one key, one batch, the queue messages. */
async function doAll(c: RivalContext): Promise<void> {
  await putKey(c);
  await writeRows(c);
  sendMessages(c);
}

/** What FormZero does with a submission: looks whether the form exists, inserts the JSON as it came. */
async function storeForm({ env }: RivalContext, fields: unknown): Promise<void> {
  const form = await env.DB.prepare('select id from rival_forms where id = ?').bind('form').first();
  if (form === null) throw new Error('no such form');
  await env.DB.prepare('insert into rival_submissions (id, form_id, data, at) values (?, ?, ?, ?)')
    .bind(crypto.randomUUID(), 'form', JSON.stringify(fields), Date.now())
    .run();
}

/** What a bare handler does between reading the JSON and answering, by the last part of its path. */
const parts: Readonly<
  Record<string, (c: RivalContext, fields: unknown) => Promise<unknown> | void>
> = {
  six: writeRows,
  key: putKey,
  queue: sendMessages,
  bare: doAll,
  form: storeForm,
};

async function makeTables({ env }: RivalContext): Promise<void> {
  const columns = `id text primary key, first text not null, second text not null, third text not null,
    at text not null, sealed blob not null`;
  await env.DB.batch(
    [
      ...TABLES.map((table) => `create table ${table} (${columns}) strict`),
      'create table rival_forms (id text primary key, name text not null)',
      `insert into rival_forms values ('form', 'A form')`,
      'create table rival_submissions (id text primary key, form_id text not null references rival_forms (id), data text not null, at integer not null)',
    ].map((sql) => env.DB.prepare(sql)),
  );
}

/** Ends what is due without sending it, so that the next sweep meets only its own deliveries. */
function endDue({ env }: RivalContext): Promise<unknown> {
  return env.DB.prepare(`update deliveries set status = 'superseded' where status = 'due'`).run();
}

function timeOf(c: RivalContext): Date {
  return new Date(c.req.header(SENT_AT) ?? Date.now());
}

/** Waits until all is delivered. */
async function waitSettled({ env }: RivalContext): Promise<void> {
  const due = `select 1 from deliveries where status in ('due', 'sending') limit 1`;
  for (let looks = 0; (await env.DB.prepare(due).first()) !== null; looks += 1) {
    if (looks === LOOKS_MAX) throw new Error('The queue does not deliver');
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** Sends what is due one by one, three of a channel at a time: as it was before a sweep sent ten together. */
async function drainSingly(c: RivalContext): Promise<void> {
  const { env } = c;
  const now = timeOf(c);
  const due = await listDueDeliveries(env.DB, { now, limit: 1_000, lettersADay: 0 });
  const lanes = due.flatMap((ids) =>
    [0, 1, 2].map((lane) => ids.filter((_, at) => at % 3 === lane)),
  );
  await Promise.all(
    lanes.map(async (ids) => {
      for (const id of ids) await deliverOne(withMail(env), id, now);
    }),
  );
}

/** What the bench asks for between its passes. */
const orders: Readonly<Record<string, (c: RivalContext) => Promise<unknown>>> = {
  prepare: makeTables,
  keep: async (c) => {
    delivers = false;
    await endDue(c);
  },
  deliver: async (c) => {
    await endDue(c);
    delivers = true;
  },
  settled: waitSettled,
  drain: async (c) => {
    delivers = true;
    await sendDueDeliveries(withMail(c.env), timeOf(c));
    await waitSettled(c);
    delivers = false;
  },
  'drain-singly': drainSingly,
};

/** The bare handlers, and the orders of the bench. */
export const rivals = new Hono<{ Bindings: Env }>().basePath('/api/rival');

for (const [name, doPart] of Object.entries(parts)) {
  rivals.post(`/${name}`, async (c) => {
    await doPart(c, await c.req.json());
    return c.json({ ok: true }, 201);
  });
}

for (const [name, follow] of Object.entries(orders)) {
  rivals.post(`/${name}`, async (c) => {
    await follow(c);
    return c.body(null, 204);
  });
}
