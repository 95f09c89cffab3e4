import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { addDays, fromVietnam, later, toVietnamDate } from '../../shared/time.ts';
import { run } from '../tools/run.mjs';
import { invocation, rows } from './cost-plan.ts';
import { CostServer } from './cost-server.ts';
import type { Invocation } from './cost-worker.ts';
import { printTable } from './figures.ts';
import { bundle } from './hosts.ts';
import { readCpuMs } from './load.ts';

/** What one minute of cron asked of the platform. */
interface Minute extends Invocation {
  cpuMs: number;
  ms: number;
}

interface Night {
  minutes: Minute[];
  visits: number;
}

/** More than a night has: a plan that is never done ends the bench. */
const MINUTES_MAX = 600;

/** Lets cron make the visits that each night brings, for so many plans, and prints what it asks of the platform. */
export async function benchPlans(plan: { counts: number[]; nights: number }): Promise<void> {
  await run('node', ['scripts/build.mjs']);
  const nights = new Map<number, Night[]>();
  for (const count of plan.counts) nights.set(count, await runNights(count, plan.nights));
  printTable(
    [
      'plans',
      'nights',
      'visits a night',
      'minutes a night, most',
      `D1 calls of a minute, most (statements)`,
      ...['CPU ms of a minute, mean', 'most', 'ms of a minute, most'],
    ],
    [...nights].map(([count, all]) => minuteLine(count, all)),
  );
  const names = ['read', 'written', 'get', 'put'] as const;
  printTable(
    ['the busiest night', ...names.map((name) => `${rows[name].name}, of Free`)],
    [...nights].map(([count, all]) => [
      `${count} plans`,
      ...names.map((name) => {
        const most = Math.max(...all.map(({ minutes }) => sum(minutes, amounts[name])));
        return `${whole(most)}, ${((100 * most) / rows[name].free).toFixed(1)} %`;
      }),
    ]),
  );
}

const amounts = {
  read: ({ d1 }: Minute) => d1.read,
  written: ({ d1 }: Minute) => d1.written,
  get: ({ get }: Minute) => get,
  put: ({ put }: Minute) => put,
};

async function runNights(count: number, nights: number): Promise<Night[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const server = new CostServer(path.join(folder, 'cost-worker.js'));
  const midnight = (night: number) =>
    fromVietnam(addDays(toVietnamDate(new Date()), 1 + night), '00:00');
  try {
    await bundle(folder, 'scripts/bench/cost-worker.ts');
    await server.start();
    await server.ask([
      `/bench/plans?count=${count}&at=${later(midnight(0), { hours: -2 }).getTime()}`,
    ]);
    const all: Night[] = [];
    for (let night = 0; night < nights; night += 1)
      all.push(await runNight(server, midnight(night)));
    return all;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One night: a minute after the other from midnight on, until no plan has anything to do. */
async function runNight(server: CostServer, midnight: Date): Promise<Night> {
  const left = async (at: Date) =>
    (await server.ask([`/bench/plans?at=${at.getTime()}`])).json<{ due: number; visits: number }>();
  const before = await left(midnight);
  const minutes: Minute[] = [];
  for (let minute = 0; minute < MINUTES_MAX; minute += 1) {
    const at = later(midnight, { minutes: minute });
    const { due, visits } = await left(at);
    if (due === 0) return { minutes, visits: visits - before.visits };
    await server.ask(['/bench/taken']);
    const [started, cpu] = [performance.now(), readCpuMs(process.pid)];
    await server.ask([`/bench/cron?at=${at.getTime()}`]);
    const spent = { ms: performance.now() - started, cpuMs: readCpuMs(process.pid) - cpu };
    const taken = await (await server.ask(['/bench/taken'])).json<Invocation[]>();
    const cron = taken.find(({ kind }) => kind === 'cron');
    if (cron !== undefined) minutes.push({ ...cron, ...spent });
  }
  throw new Error('A plan is never done');
}

function minuteLine(count: number, nights: readonly Night[]): (string | number)[] {
  const minutes = nights.flatMap((night) => night.minutes);
  const most = (of: (one: Minute) => number) => Math.max(0, ...minutes.map(of));
  const calls = most(({ d1 }) => d1.calls);
  const statements = most(({ d1 }) => d1.statements);
  return [
    count,
    nights.length,
    whole(nights.reduce((all, { visits }) => all + visits, 0) / nights.length),
    Math.max(...nights.map((night) => night.minutes.length)),
    `${calls} of ${invocation.d1Queries.free} (${statements})`,
    ...[sum(minutes, ({ cpuMs }) => cpuMs) / minutes.length, most(({ cpuMs }) => cpuMs)].map((ms) =>
      ms.toFixed(1),
    ),
    whole(most(({ ms }) => ms)),
  ];
}

function sum(minutes: readonly Minute[], of: (one: Minute) => number): number {
  return minutes.reduce((all, one) => all + of(one), 0);
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}
