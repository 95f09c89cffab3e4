import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../tools/run.mjs';
import { median, printTable } from './figures.ts';
import { type Host, issueIntents, startDev, startDirect } from './hosts.ts';
import {
  asRequest,
  makeBookings,
  makeMessages,
  type Pass,
  postFor,
  type Submission,
} from './load.ts';
import { startReceiver } from './receiver.ts';
import { sentAt } from './sent-at.ts';

interface Case {
  path: string;
  next: () => Submission;
  /** Whether the queue delivers meanwhile. */
  delivers?: true;
}

/** Cases of which one is held against the other. */
const PAIRS = [
  ['booking', 'bare handler'],
  ['booking, delivered', 'booking'],
  ['message', 'bare form'],
] as const;

const WARM_SECONDS = 1;
/** More than a run stores of one kind: an intent is used once. */
const INTENTS = 40_000;
/** Bookings whose deliveries wait to be drained, two each. */
const WAITING_BOOKINGS = 50;

const TITLES: Readonly<Record<string, string>> = {
  direct: 'workerd without the proxy',
  dev: 'Under `wrangler dev`',
};

interface Plan {
  rounds: number;
  seconds: number;
  /** Of `direct` and `dev`. */
  hosts: readonly string[];
}

/** The passes of each case, round by round. */
type Passes = Readonly<Record<string, Pass[]>>;

/** Posts bookings and messages to the Worker and to bare handlers in turn, and prints what each takes. */
export async function benchApi(plan: Plan): Promise<void> {
  const unknown = plan.hosts.find((name) => !(name in TITLES));
  if (unknown !== undefined) throw new Error(`There is no host "${unknown}"`);
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const receiver = await startReceiver();
  try {
    await run('node', ['scripts/build.mjs']);
    const load = loadavg().map((value) => value.toFixed(1));
    console.log(
      `\n${today()}, ${cpus().length} cores, ${plan.rounds} rounds of ${plan.seconds} seconds, load average ${load.join(', ')} before.`,
    );
    for (const name of plan.hosts) {
      const start = name === 'dev' ? startDev : startDirect;
      const host = await start(path.join(folder, name), receiver.url);
      await ask(host, 'prepare');
      report(TITLES[name] ?? '', await measure(host, plan));
      await reportDrains(host, plan.rounds);
      await host.stop();
    }
  } finally {
    receiver.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every second round backwards, so that a drift of the machine meets first and last alike. */
async function measure(host: Host, { rounds, seconds }: Plan): Promise<Passes> {
  const cases = Object.entries(await listCases());
  const passes: Passes = Object.fromEntries(cases.map(([name]) => [name, []]));
  for (const [, one] of cases) await pass(host, one, WARM_SECONDS);
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, one] of round % 2 === 0 ? cases : cases.toReversed()) {
      passes[name]?.push(await pass(host, one, seconds));
    }
  }
  return passes;
}

/** The parts of a booking's input and output, each alone, then what is compared. */
async function listCases(): Promise<Readonly<Record<string, Case>>> {
  const [booking, message] = [await bookingsFrom(INTENTS), await messagesFrom(INTENTS)];
  // The bare handlers look at no intent, and must not use those up.
  const [bareBooking, bareMessage] = [await bookingsFrom(INTENTS), await messagesFrom(INTENTS)];
  return {
    'one key put': { path: '/api/rival/key', next: bareBooking },
    'six inserts': { path: '/api/rival/six', next: bareBooking },
    'one queue send': { path: '/api/rival/queue', next: bareBooking },
    'bare handler': { path: '/api/rival/bare', next: bareBooking },
    booking: { path: '/api/bookings', next: booking },
    'booking, delivered': { path: '/api/bookings', next: booking, delivers: true },
    'bare form': { path: '/api/rival/form', next: bareMessage },
    message: { path: '/api/contact', next: message },
  };
}

async function bookingsFrom(count: number, after?: number): Promise<() => Submission> {
  const start = new Date();
  const intents = await issueIntents('booking', count, (number) => sentAt(start, number));
  return numbered(start, makeBookings(today(), intents, { after }));
}

async function messagesFrom(count: number): Promise<() => Submission> {
  const start = new Date();
  const intents = await issueIntents('contact', count, (number) => sentAt(start, number));
  return numbered(start, makeMessages(intents));
}

function numbered(start: Date, nextBody: () => string): () => Submission {
  let number = 0;
  return () => ({ sentAt: sentAt(start, (number += 1)).toISOString(), body: nextBody() });
}

async function pass(host: Host, { path: at, next, delivers }: Case, seconds: number) {
  // What was accepted before is delivered neither in this pass nor by it.
  await ask(host, delivers === true ? 'deliver' : 'keep');
  const settle = delivers === true ? () => ask(host, 'settled') : () => Promise.resolve();
  return postFor(seconds, { url: host.url + at, next, settle });
}

/** Stores bookings and sends their waiting deliveries, one by one and then as cron does, and prints how long each took. */
async function reportDrains(host: Host, rounds: number): Promise<void> {
  const next = await bookingsFrom(rounds * 2 * WAITING_BOOKINGS + 1, 3_000);
  const times: Record<string, number[]> = { 'drain-singly': [], drain: [] };
  await ask(host, 'keep');
  for (let round = 0; round < rounds; round += 1) {
    for (const [way, all] of Object.entries(times)) {
      let last = next();
      for (let number = 1; number < WAITING_BOOKINGS; number += 1) {
        await post(`${host.url}/api/bookings`, last);
        last = next();
      }
      await post(`${host.url}/api/bookings`, last);
      const before = performance.now();
      await post(`${host.url}/api/rival/${way}`, last);
      all.push(performance.now() - before);
    }
  }
  const [singly = NaN, together = NaN] = Object.values(times).map((all) => median(all));
  console.log(
    `\n${WAITING_BOOKINGS * 2} waiting deliveries: ${together.toFixed(0)} ms together, ${singly.toFixed(0)} ms one by one, three of a channel at a time: ${(together / singly).toFixed(2)} ×`,
  );
}

function ask({ url }: Host, what: string): Promise<void> {
  return post(`${url}/api/rival/${what}`, { body: '{}' });
}

async function post(url: string, submission: Submission): Promise<void> {
  const { ok, status } = await fetch(url, { method: 'POST', ...asRequest(submission) });
  if (!ok) throw new Error(`${url} answered ${status}`);
}

function report(title: string, passes: Passes): void {
  console.log(`\n### ${title}`);
  const rows = Object.entries(passes).map(([name, of]) => {
    const pace = median(of.map(({ perSecond }) => perSecond));
    const { p50, p99 } = of.find(({ perSecond }) => perSecond === pace) ?? NONE;
    const cpu = median(of.map(({ cpuMs }) => cpuMs));
    return [name, pace.toFixed(0), p50, p99, cpu.toFixed(1)];
  });
  printTable(['case', 'accepted /s', 'p50 ms', 'p99 ms', 'CPU ms'], rows);
  const ratios = PAIRS.map(([mine, other]) => {
    const ratio = (of: (pass: Pass) => number) => {
      const all = (passes[mine] ?? []).map((one, at) => of(one) / of(passes[other]?.[at] ?? NONE));
      return `${median(all).toFixed(2)} (${Math.min(...all).toFixed(2)}–${Math.max(...all).toFixed(2)})`;
    };
    const figures = [
      ratio(({ perSecond }) => perSecond),
      ratio(({ p99 }) => p99),
      ratio(({ cpuMs }) => cpuMs),
    ];
    return [`${mine} / ${other}`, ...figures];
  });
  printTable(['against the other', 'per second ×', 'p99 ×', 'CPU ×'], ratios);
  const refused = Object.values(passes)
    .flat()
    .reduce((sum, one) => sum + one.refused, 0);
  if (refused > 0) console.log(`\n**${refused} requests were refused: not a valid run.**`);
}

const NONE: Pass = { perSecond: NaN, p50: NaN, p99: NaN, cpuMs: NaN, refused: 0 };

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
