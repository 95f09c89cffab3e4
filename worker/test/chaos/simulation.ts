import {
  createExecutionContext,
  createMessageBatch,
  waitOnExecutionContext,
} from 'cloudflare:test';
import { env as realEnv } from 'cloudflare:workers';
import { vi } from 'vitest';
import { later } from '../../../shared/time';
import { limitWrites } from '../../dev/strict-stores';
import { WRITE_AGAIN_MS } from '../../personal-data/key-store';
import { handleQueue } from '../../queue';
import { runScheduled } from '../../scheduled';
import { type FaultRates, faultyDatabase, faultyKeyStore, Invocation, Turns } from './invocation';
import { ChaosMailbox, mailModes } from './mailbox';
import { planOutages } from './outages';
import { Random } from './random';
import { NOW } from '../fixtures';
import { appAt, unlimited } from '../requests';
import { ChaosReceiver, receiverModes } from './receiver';

const MINUTE_MS = 60_000;
const QUIET: FaultRates = { failure: 0, crash: 0, batch: 0 };
const KEYS = ['one', 'two'].map((name) => `whsec_${btoa(name.padEnd(32, '.'))}`);

/** The Worker at an injected time with faulty bindings, and a record of all that it sent and logged. */
export class Simulation {
  now = NOW;
  readonly random: Random;
  readonly receiver: ChaosReceiver;
  readonly mailbox: ChaosMailbox;
  /** Until when bindings fail and the isolate dies. */
  readonly faultsEnd: Date;
  /** Everything that was logged, and every queue message. */
  readonly logs: string[] = [];
  readonly #rates: FaultRates;
  readonly #turns = new Turns();
  /** Every run of the Worker so far. */
  readonly invocations: Invocation[] = [];
  #queued: unknown[] = [];
  #slow = false;
  /** The key store takes one write a second of each key, by this time. */
  readonly #keyStore: KVNamespace;
  /** How long writes of a key have waited for their second; the time itself stands still meanwhile. */
  #waitedMs = 0;
  /** Does what a person does next; also called while a slow answer is awaited. */
  nextAction: () => Promise<void> = () => Promise.resolve();

  constructor(seed: number) {
    this.random = new Random(seed);
    const { random } = this;
    this.#rates = {
      failure: random.pick([0, 0.01, 0.04]),
      crash: random.pick([0, 0.01, 0.02]),
      batch: 0.04,
    };
    const hours = random.pick([4, 12, 30, 60]);
    this.faultsEnd = later(NOW, { hours });
    const readTime = () => this.now;
    const span = { from: NOW, hours };
    const meanwhile = () => this.goOnMeanwhile();
    this.receiver = new ChaosReceiver({
      random,
      readTime,
      meanwhile,
      outages: planOutages(random, receiverModes, span),
      keyAt: (now) => (now < later(NOW, { minutes: 45 }) ? (KEYS[0] ?? '') : (KEYS[1] ?? '')),
    });
    this.mailbox = new ChaosMailbox({
      random,
      readTime,
      meanwhile,
      outages: planOutages(random, mailModes, span),
      firstAddress: realEnv.STAFF_ADDRESS,
    });
    vi.mocked(globalThis.fetch).mockImplementation((url, init) =>
      this.fetch(url instanceof Request ? url.url : String(url), init),
    );
    this.#keyStore = limitWrites(realEnv.VAULT, () => this.now.getTime() + this.#waitedMs);
    const setTimer = globalThis.setTimeout;
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(((done: () => void, ms: number) => {
      if (ms !== WRITE_AGAIN_MS) return setTimer(done, ms);
      this.#waitedMs += ms;
      return setTimer(done, 0);
    }) as typeof setTimeout);
    vi.spyOn(crypto, 'randomUUID').mockImplementation(() => random.uuid());
    vi.spyOn(console, 'log').mockImplementation((line: string) => void this.logs.push(line));
  }

  /** Runs something as one invocation of the Worker; null where it died before it was done. */
  async invoke<T>(work: (env: Env) => Promise<T>): Promise<T | null> {
    const rates = this.now < this.faultsEnd ? this.#rates : QUIET;
    const invocation = new Invocation(this.invocations.length, this.random, rates, this.#turns);
    this.invocations.push(invocation);
    const result = await work(this.envOf(invocation)).catch((error: unknown) => {
      if (invocation.crashed || invocation.faults > 0) return null;
      throw error;
    });
    return invocation.crashed ? null : result;
  }

  /** Posts a JSON body; null where no answer was seen. */
  post(path: string, body: unknown): Promise<{ status: number; json: unknown } | null> {
    return this.invoke(async (env) => {
      const context = createExecutionContext();
      const request = new Request(`https://example.com${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(body),
      });
      const response = await appAt(this.now).fetch(request, env, context);
      await waitOnExecutionContext(context);
      return { status: response.status, json: await response.json() };
    });
  }

  /** Puts messages for deliveries into the queue, as the Worker does after a change. */
  async enqueue(ids: readonly string[]): Promise<void> {
    this.#queued.push(...ids.map((deliveryId) => ({ v: 1, deliveryId })));
  }

  /** Delivers the queue's messages lost, doubled, late and out of order. */
  async runQueue(): Promise<void> {
    const messages = this.random.shuffle(this.#queued);
    this.logs.push(...messages.map((body) => JSON.stringify(body)));
    this.#queued = messages.filter(() => this.random.chance(0.1));
    const handed = messages
      .filter(() => this.random.chance(0.7))
      .flatMap((body) => (this.random.chance(0.2) ? [body, body] : [body]));
    for (let from = 0; from < handed.length; from += 10) {
      const batch = createMessageBatch(
        'deliveries',
        handed
          .slice(from, from + 10)
          .map((body, at) => ({ id: `m${at}`, timestamp: this.now, attempts: 1, body })),
      );
      await this.invoke((env) => handleQueue(batch, env, this.now));
    }
  }

  /** Runs cron once; while things fail, some minutes are missed. */
  async runCron(): Promise<void> {
    if (this.now < this.faultsEnd && this.random.chance(0.05)) return;
    await this.invoke((env) => runScheduled(env, this.now));
  }

  /**
   * What happens while a slow answer is awaited: people act, the queue and cron run. A slow answer within a slow answer
   * adds nothing. Time stands still meanwhile, so a lease does not end.
   */
  private async goOnMeanwhile(): Promise<void> {
    if (this.#slow) return;
    this.#slow = true;
    try {
      await this.nextAction();
      await this.runQueue();
      await this.runCron();
    } finally {
      this.#slow = false;
    }
  }

  /** Sets the time to the first full minute at or after an instant, and at least one minute ahead. */
  advanceTo(next: Date): void {
    const minute = Math.ceil(next.getTime() / MINUTE_MS) * MINUTE_MS;
    this.now = new Date(Math.max(minute, this.now.getTime() + MINUTE_MS));
  }

  private envOf(invocation: Invocation): Env {
    const mail = this.mailbox.binding(invocation);
    const queue = {
      sendBatch: (messages: { body: unknown }[]) =>
        invocation.call(async () => void this.#queued.push(...messages.map(({ body }) => body))),
      send: (body: unknown) => invocation.call(async () => void this.#queued.push(body)),
    };
    return {
      ...unlimited,
      DB: faultyDatabase(realEnv.DB, invocation),
      VAULT: faultyKeyStore(this.#keyStore, invocation),
      DELIVERIES: queue as unknown as Env['DELIVERIES'],
      STAFF_EMAIL: mail,
      CUSTOMER_EMAIL: mail,
      DISPATCH_URL: `https://dispatch.example.com/jobs?run=${invocation.number}`,
      DISPATCH_KEYS: this.now < later(NOW, { minutes: 90 }) ? KEYS.join(' ') : (KEYS[1] ?? ''),
    };
  }

  private async fetch(url: string, init: RequestInit | undefined): Promise<Response> {
    const invocation = this.invocations[Number(new URL(url).searchParams.get('run'))];
    if (invocation === undefined) throw new Error(`No invocation asks for ${url}`);
    invocation.assertAlive();
    return this.receiver.receive(invocation, new Headers(init?.headers), init?.body as string);
  }
}
