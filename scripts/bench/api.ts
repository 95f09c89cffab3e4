import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../tools/run.mjs';
import { median, printTable } from './figures.ts';
import { type Host, issueIntents, startDev, startDirect } from './hosts.ts';
import { makeBodies, type Pass, postFor } from './load.ts';

/** The parts of a booking's input and output, each alone, with the path that does it. */
const PARTS = {
  'six inserts': '/api/rival/six',
  'one key put': '/api/rival/key',
  'one queue send': '/api/rival/queue',
};
/** From the bare handler to a booking: each does one thing more than the one before. */
const STEPS = {
  'bare handler': '/api/rival/bare',
  'bare, own rows': '/api/rival/rows',
  'bare, own batch': '/api/rival/batch',
  booking: '/api/bookings',
};

const WARM_SECONDS = 1;
/** More than the bookings of a run: an intent is used once. */
const INTENTS = 60_000;

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

/** Posts bookings to the Worker and to bare handlers in turn, and prints what each takes. */
export async function benchApi(plan: Plan): Promise<void> {
  const unknown = plan.hosts.find((name) => !(name in TITLES));
  if (unknown !== undefined) throw new Error(`There is no host "${unknown}"`);
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  try {
    await run('node', ['scripts/build.mjs']);
    const load = loadavg().map((value) => value.toFixed(1));
    console.log(
      `\n${today()}, ${cpus().length} cores, ${plan.rounds} rounds of ${plan.seconds} seconds, load average ${load.join(', ')} before.`,
    );
    for (const name of plan.hosts) {
      const host = await (name === 'dev' ? startDev : startDirect)(path.join(folder, name));
      report(TITLES[name] ?? '', await measure(host, plan));
      await host.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All rounds of the steps, then half as many of the parts. */
async function measure({ url }: Host, { rounds, seconds }: Plan): Promise<Passes> {
  const { ok } = await fetch(`${url}/api/rival/prepare`, { method: 'POST' });
  if (!ok) throw new Error('The bare handlers could not make their tables');
  const intents = await issueIntents(INTENTS);
  const targets = Object.entries({ ...PARTS, ...STEPS }).map(
    ([name, at]) => [name, { url: url + at, nextBody: makeBodies(today(), intents) }] as const,
  );
  const passes: Passes = Object.fromEntries(targets.map(([name]) => [name, []]));
  const runRounds = async (cases: object, count: number) => {
    const chosen = targets.filter(([name]) => name in cases);
    for (let round = 0; round < count; round += 1) {
      // Every second round backwards, so that a drift of the machine meets first and last alike.
      for (const [name, target] of round % 2 === 0 ? chosen : chosen.toReversed()) {
        passes[name]?.push(await postFor(seconds, target));
      }
    }
  };
  for (const [name, target] of targets) if (name in STEPS) await postFor(WARM_SECONDS, target);
  await runRounds(STEPS, rounds);
  await runRounds(PARTS, Math.ceil(rounds / 2));
  return passes;
}

function report(title: string, passes: Passes): void {
  console.log(`\n### ${title}`);
  const rows = Object.entries(passes).map(([name, of]) => {
    const pace = median(of.map(({ perSecond }) => perSecond));
    const { p50, p99, cpuMs } = of.find(({ perSecond }) => perSecond === pace) ?? of[0] ?? NONE;
    return [name, pace.toFixed(0), p50, p99, cpuMs.toFixed(1)];
  });
  printTable(['case', 'accepted /s', 'p50 ms', 'p99 ms', 'CPU ms'], rows);
  const bare = passes['bare handler'] ?? [];
  const ratio = (mine: readonly Pass[], of: (pass: Pass) => number) => {
    const ratios = mine.map((pass, round) => of(pass) / of(bare[round] ?? NONE));
    const [lowest, highest] = [Math.min(...ratios), Math.max(...ratios)];
    return `${median(ratios).toFixed(2)} (${lowest.toFixed(2)}–${highest.toFixed(2)})`;
  };
  const ratios = Object.keys(STEPS)
    .slice(1)
    .map((name) => {
      const mine = passes[name] ?? [];
      return [
        name,
        ratio(mine, ({ perSecond }) => perSecond),
        ratio(mine, ({ p99 }) => p99),
        ratio(mine, ({ cpuMs }) => cpuMs),
      ];
    });
  printTable(['against the bare handler', 'per second ×', 'p99 ×', 'CPU ×'], ratios);
  const refused = Object.values(passes)
    .flat()
    .reduce((sum, pass) => sum + pass.refused, 0);
  if (refused > 0) console.log(`\n**${refused} requests were refused: not a valid run.**`);
}

const NONE: Pass = { perSecond: NaN, p50: NaN, p99: NaN, cpuMs: NaN, refused: 0 };

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
