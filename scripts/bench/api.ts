import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { run } from '../tools/run.mjs';
import { makeBodies } from './bodies.ts';
import { type Case, CASES, PARTS, STEPS } from './cases.ts';
import { bundleWorker, type Host, startDev, startDirect } from './hosts.ts';
import { type Pass, postFor, type Target } from './load.ts';
import { type Passes, renderReport } from './report.ts';

const WARM_SECONDS = 1;

const KEY = `whsec_${btoa('bench'.padEnd(32, '.'))}`;
const VARS = {
  SEAL_KEYS: KEY,
  LINK_KEYS: KEY,
  DISPATCH_KEYS: KEY,
  FLOOD_LIMIT: '100000000',
  PUBLIC_ORIGIN: 'https://example.com',
  DISPATCH_URL: 'https://dispatch.example.invalid/jobs',
  STAFF_ADDRESS: 'staff@example.invalid',
  STAFF_SECOND_ADDRESS: '',
  SENDER_ADDRESS: 'noreply@example.invalid',
};

interface Plan {
  rounds: number;
  seconds: number;
}

type Measures = Record<Case, Pass[]>;

/** Rounds of cases in turn, every second one backwards, so that drift meets first and last alike. */
async function runRounds(
  measures: Measures,
  targets: Readonly<Record<Case, Target>>,
  { rounds, seconds, cases }: Plan & { cases: readonly Case[] },
): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? cases : cases.toReversed()) {
      measures[name].push(await postFor(seconds, targets[name]));
    }
  }
}

/** All rounds of the steps, then half as many of the parts. */
async function measure(host: Host, plan: Plan): Promise<Passes> {
  await fetch(`${host.url}/api/rival/prepare`, { method: 'POST' });
  const today = new Date().toISOString().slice(0, 10);
  const cases = Object.keys(CASES) as Case[];
  const each = <T>(make: (name: Case) => T) =>
    Object.fromEntries(cases.map((name) => [name, make(name)])) as Record<Case, T>;
  const measures = each((): Pass[] => []);
  const targets = each((name): Target => ({
    url: host.url,
    path: CASES[name],
    nextBody: makeBodies(today),
  }));
  for (const name of STEPS) await postFor(WARM_SECONDS, targets[name]);
  await runRounds(measures, targets, { ...plan, cases: STEPS });
  const rounds = Math.ceil(plan.rounds / 2);
  await runRounds(measures, targets, { ...plan, rounds, cases: PARTS });
  return measures;
}

function describeRun({ rounds, seconds }: Plan): string {
  const day = new Date().toISOString().slice(0, 10);
  const load = loadavg()
    .map((value) => value.toFixed(1))
    .join(', ');
  return `${day}, ${cpus().length} cores, ${rounds} rounds of ${seconds} seconds, load average ${load} before.`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((word) => word !== 'api'),
    options: {
      rounds: { type: 'string', default: '7' },
      seconds: { type: 'string', default: '3' },
      only: { type: 'string', default: 'direct,dev' },
    },
  });
  const plan = { rounds: Number(values.rounds), seconds: Number(values.seconds) };
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  try {
    await run('node', ['scripts/build.mjs']);
    const script = await bundleWorker(path.join(folder, 'bundle'));
    const ways: Record<string, [string, () => Promise<Host>]> = {
      direct: [
        'workerd without the proxy',
        () => startDirect(script, { state: path.join(folder, 'direct'), vars: VARS }),
      ],
      dev: [
        'Under `wrangler dev`',
        () => startDev({ state: path.join(folder, 'dev'), vars: VARS }),
      ],
    };
    console.log(`\n${describeRun(plan)}`);
    for (const name of values.only.split(',')) {
      const way = ways[name];
      if (way === undefined) throw new Error(`There is no way "${name}"`);
      const [title, start] = way;
      const host = await start();
      console.log(`\n${renderReport(title, await measure(host, plan))}`);
      await host.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
