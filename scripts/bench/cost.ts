import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../tools/run.mjs';
import { makeCases } from './cost-cases.ts';
import type { Invocation } from './cost-worker.ts';
import { invocation, KEPT_RECORDS, perDay, pictures, type RowName, rows } from './cost-plan.ts';
import { CostServer, type Counting, type Times } from './cost-server.ts';
import { printTable } from './figures.ts';
import { bundle } from './hosts.ts';

const HOUR = 'cron, a full hour';

/** What one thing costs: the CPU of its request, and all invocations that come of it. */
interface Cost {
  /** Null where it is no request. */
  times: Times | null;
  /** CPU of an invocation. */
  meanMs: number;
  invocations: Invocation[];
}

/** Prints the CPU of each route, and what a month of 30 bookings a day asks of the platform beside what its plans hold. */
export async function benchCost(plan: { rounds: number; requests: number }): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const server = new CostServer(path.join(folder, 'cost-worker.js'));
  try {
    await run('node', ['scripts/build.mjs']);
    await bundle(folder, 'scripts/bench/cost-worker.ts');
    await server.start();
    const { cases, countBookings } = await makeCases(server);
    const found: [string, Counting][] = [];
    for (const [name, one] of Object.entries(cases)) found.push([name, await server.count(one)]);
    const few = countBookings();
    const costs: Record<string, Cost> = {};
    for (const [name, { invocations, cpuMs }] of found) {
      const one = cases[name];
      const times =
        one?.lastsMs === undefined && one !== undefined ? await server.time(one, plan) : null;
      costs[name] = { times, invocations, meanMs: times?.mean ?? cpuMs / invocations.length };
    }
    const hour = cases[HOUR];
    if (hour === undefined) throw new Error('Cron was not measured');
    const more = total((await server.count(hour)).invocations, ({ d1 }) => d1.read);
    const before = total(costs[HOUR]?.invocations ?? [], ({ d1 }) => d1.read);
    reportCpu(costs);
    reportInvocations(costs);
    reportMonth(costs, (more - before) / (countBookings() - few));
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function total(invocations: readonly Invocation[], of: (one: Invocation) => number): number {
  return invocations.reduce((sum, one) => sum + of(one), 0);
}

function reportCpu(costs: Readonly<Record<string, Cost>>): void {
  const limit = invocation.cpuMs.free;
  const lines = Object.entries(costs).map(([name, { times, meanMs }]) => [
    name,
    ...[meanMs, times?.p50, times?.p99, times?.first].map((ms) => ms?.toFixed(1) ?? '–'),
    meanMs <= limit ? 'yes' : '**no**',
  ]);
  printTable(
    ['CPU ms of one', 'mean', 'p50', 'p99', 'first of a process', `mean ≤ ${limit}`],
    lines,
  );
}

function reportInvocations(costs: Readonly<Record<string, Cost>>): void {
  const lines = Object.entries(costs).map(([name, { invocations }]) => {
    const most = Math.max(...invocations.map(({ d1 }) => d1.calls));
    const statements = Math.max(...invocations.map(({ d1 }) => d1.statements));
    const sums = [
      total(invocations, ({ d1 }) => d1.read),
      total(invocations, ({ d1 }) => d1.written),
      total(invocations, ({ get }) => get),
      total(invocations, ({ put }) => put),
      total(invocations, (one) => one.delete),
      total(invocations, ({ sent, messages }) => sent + 2 * messages),
      total(invocations, ({ mails }) => mails),
    ];
    const often = perDay[name] ?? 0;
    return [
      name,
      often < 1 ? often.toFixed(2) : often,
      invocations.length,
      `${most} (${statements})`,
      ...sums,
    ];
  });
  printTable(
    [
      'with the deliveries that it causes',
      'a day',
      'invocations',
      'most D1 calls in one (statements)',
      ...['D1 read', 'D1 written', 'KV gets', 'puts', 'deletes', 'queue operations', 'mails'],
    ],
    lines,
  );
}

function reportMonth(costs: Readonly<Record<string, Cost>>, readPerRecord: number): void {
  const day = (of: (cost: Cost) => number) =>
    Object.entries(costs).reduce((sum, [name, cost]) => sum + (perDay[name] ?? 0) * of(cost), 0);
  const sums = (of: (one: Invocation) => number) => day(({ invocations: all }) => total(all, of));
  const kept = 24 * readPerRecord * KEPT_RECORDS;
  const today: Record<RowName, number> = {
    requests: day(({ invocations: all }) => all.length),
    cpu: day(({ meanMs, invocations: all }) => meanMs * all.length),
    read: sums(({ d1 }) => d1.read) + kept,
    written: sums(({ d1 }) => d1.written),
    get: sums(({ get }) => get),
    put: sums(({ put }) => put),
    delete: sums((one) => one.delete),
    list: sums(({ list }) => list) + (24 * KEPT_RECORDS) / 1_000,
    // A picture is put, looked for again and in the end deleted; its upload lists before and after. The hourly walk lists all.
    pictures: 5 * pictures.perDay + pictures.lists + (24 * 365 * pictures.perDay) / 1_000,
    seen: pictures.perDay * pictures.views,
    images: pictures.perDay,
    queue: sums(({ sent, messages }) => sent + 2 * messages),
    mails: sums(({ mails }) => mails),
  };
  const names = Object.keys(rows) as RowName[];
  const whole = (value: number) => Math.round(value).toLocaleString('en');
  const share = (value: number, limit: number) => `${((value / limit) * 100).toFixed(1)} %`;
  printTable(
    ['after a year', 'a day', 'of Free', 'a month', 'of Paid'],
    names.map((name) => {
      const { free, paid } = rows[name];
      const [a, month] = [today[name], today[name] * 30];
      const ofFree = free === Infinity ? '–' : `${share(a, free)} of ${whole(free)}`;
      return [
        rows[name].name,
        whole(a),
        ofFree,
        whole(month),
        `${share(month, paid)} of ${whole(paid)}`,
      ];
    }),
  );
  const over = (of: (cost: Cost) => number, limit: number) => {
    const those = Object.keys(costs).filter((name) => {
      const cost = costs[name];
      return cost !== undefined && of(cost) > limit;
    });
    return those.length === Object.keys(costs).length ? 'all' : those.join(', ');
  };
  const most = ({ invocations: all }: Cost) => Math.max(...all.map(({ d1 }) => d1.statements));
  const { cpuMs, d1Queries } = invocation;
  const exceeded = Object.entries({
    'amounts of a day': names
      .filter((name) => today[name] > rows[name].free)
      .map((name) => rows[name].name)
      .join(', '),
    [`${cpuMs.free} ms CPU of an invocation, one in a hundred`]: over(
      (one) => one.times?.p99 ?? 0,
      cpuMs.free,
    ),
    [`${cpuMs.free} ms CPU, the first of a process`]: over(
      (one) => one.times?.first ?? 0,
      cpuMs.free,
    ),
    [`${d1Queries.free} D1 queries of an invocation, if a batch counts as its statements`]: over(
      most,
      d1Queries.free,
    ),
  });
  console.log('\nWhat Free does not hold:');
  for (const [limit, those] of exceeded) console.log(`- ${limit}: ${those || 'nothing'}`);
}
