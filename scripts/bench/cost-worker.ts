import { bookingRules } from '../../shared/content/catalogue.ts';
import { later } from '../../shared/time.ts';
import { createApp } from '../../worker/app.ts';
import { handleQueue } from '../../worker/queue.ts';
import { runScheduled } from '../../worker/scheduled.ts';
import { countCalls, type Counted } from '../../worker/test/wrap-database.ts';
import { countDue, countVisits, fillPlans } from './made-plans.ts';
import { fillPhones, fillSubscribers, sendLetter } from './made-readers.ts';

/** What one invocation of the Worker asked of the platform. */
export interface Invocation {
  kind: 'fetch' | 'queue' | 'cron' | 'command';
  /** Messages that the queue handed over. */
  messages: number;
  d1: Counted;
  /** Calls of KV. */
  get: number;
  put: number;
  delete: number;
  list: number;
  /** Messages sent to the queue. */
  sent: number;
  mails: number;
}

// Dispatch and the push services take everything, and cost nothing here.
globalThis.fetch = async () => new Response(null, { status: 204 });
// What it would cost is asked of letters too; whether the company sends some is the owner's choice.
bookingRules.marketing = true;

/** Bookings that keep their seats, fewer than the calendar holds: a run books more than that. */
const SEATED = 100;

const app = createApp(() => new Date());
let invocations: Invocation[] = [];
let delivers = false;

/** An environment of one invocation, whose bindings count into a record of their own. */
function counting(env: Env, kind: Invocation['kind'], messages = 0): Env {
  const { env: counted, counted: d1 } = countCalls(env);
  const one: Invocation = {
    kind,
    messages,
    d1,
    get: 0,
    put: 0,
    delete: 0,
    list: 0,
    sent: 0,
    mails: 0,
  };
  invocations.push(one);
  const VAULT = new Proxy(env.VAULT, {
    get(kv, name) {
      const method = Reflect.get(kv, name) as (...args: unknown[]) => unknown;
      const op = name === 'getWithMetadata' ? 'get' : (name as 'get' | 'put' | 'delete' | 'list');
      return (...args: unknown[]) => {
        one[op] += 1;
        return method.apply(kv, args);
      };
    },
  });
  const DELIVERIES = {
    send: (body: unknown) => {
      one.sent += 1;
      return env.DELIVERIES.send(body);
    },
    sendBatch: (bodies: MessageSendRequest[]) => {
      one.sent += bodies.length;
      return env.DELIVERIES.sendBatch(bodies);
    },
  } as unknown as Queue;
  // A mail service that takes every mail.
  const send = async () => {
    one.mails += 1;
    return { messageId: 'bench' };
  };
  const mail = { send } as unknown as SendEmail;
  return { ...counted, VAULT, DELIVERIES, STAFF_EMAIL: mail, CUSTOMER_EMAIL: mail };
}

/** Hands over what was counted since the last time. */
function take(): Response {
  const taken = invocations;
  invocations = [];
  return Response.json(taken);
}

/** What the bench asks for between its requests. */
const orders: Readonly<
  Record<string, (env: Env, query: URLSearchParams) => Response | Promise<Response>>
> = {
  '/bench/taken': take,
  '/bench/id': async (env, query) =>
    Response.json(
      await env.DB.prepare('select id, code from bookings where code = ?')
        .bind(query.get('code'))
        .first(),
    ),
  /** What came in is two hours old: the limits of an hour count as few as on any day. All but the newest give their seats back. */
  '/bench/hours-later': async (env) => {
    const [before, hourAgo] = [-2, -1].map((hours) => later(new Date(), { hours }).toISOString());
    // Neither is the time of a booking's receipt, which its seal knows.
    const columns = { bookings: 'state_at', messages: 'created_at', deliveries: 'created_at' };
    await env.DB.batch([
      ...Object.entries(columns).map(([table, column]) =>
        env.DB.prepare(`update ${table} set ${column} = ?1 where ${column} > ?2`).bind(
          before,
          hourAgo,
        ),
      ),
      env.DB.prepare(
        'delete from seats where booking_id not in (select id from bookings order by created_at desc limit ?)',
      ).bind(SEATED),
    ]);
    return new Response();
  },
  '/bench/cron': async (env, query) => {
    const now = new Date(Number(query.get('at')));
    await runScheduled(counting(env, 'cron'), now, () => now);
    return new Response();
  },
  '/bench/phones': async (env, query) => {
    await fillPhones(env, Number(query.get('count')), new Date());
    return new Response();
  },
  '/bench/subscribers': async (env, query) => {
    await fillSubscribers(env, Number(query.get('count')), new Date());
    return new Response();
  },
  /** The newest sign-up. What was counted of the day's sign-ups is forgotten. */
  '/bench/signed-up': async (env) => {
    await env.DB.prepare(`delete from tries where name glob 'letters*'`).run();
    const newest = env.DB.prepare('select id from subscribers order by created_at desc limit 1');
    return Response.json(await newest.first());
  },
  /** A letter to all subscribers, and the minute of cron that begins to send it. */
  '/bench/letter': async (env) => {
    const now = new Date();
    await sendLetter(counting(env, 'command'), now);
    await runScheduled(counting(env, 'cron'), now, () => now);
    return new Response();
  },
  /** Stores so many plans that run, or says how many are still due and how many visits were made. */
  '/bench/plans': async (env, query) => {
    const now = new Date(Number(query.get('at')));
    const plans = Number(query.get('count') ?? 0);
    if (plans > 0) await fillPlans(env, plans, now);
    return Response.json({ due: await countDue(env, now), visits: await countVisits(env) });
  },
  /** Whether the queue delivers from now on; what is due is ended without being sent. */
  '/bench/deliver': async (env, query) => {
    delivers = query.get('now') === 'yes';
    await env.DB.prepare(`update deliveries set status = 'superseded' where status = 'due'`).run();
    return new Response();
  },
};

/** The Worker with bindings that count, and the orders of the bench. */
export default {
  fetch: (request, env, ctx) => {
    const { pathname, searchParams } = new URL(request.url);
    const order = orders[pathname];
    return order === undefined
      ? app.fetch(request, counting(env, 'fetch'), ctx)
      : order(env, searchParams);
  },
  queue: async (batch, env) => {
    if (delivers) {
      await handleQueue(batch, counting(env, 'queue', batch.messages.length), new Date());
    } else batch.ackAll();
  },
} satisfies ExportedHandler<Env>;
