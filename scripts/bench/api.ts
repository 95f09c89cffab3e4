import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { makeBodies } from './bodies.ts';
import { bundleWorker, type Host, startDev, startDirect } from './hosts.ts';
import { middle, type Pass, postFor } from './load.ts';

const WARM_SECONDS = 2;

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

/** What is measured, by the words of the table. */
const CASES = {
  'answer only': '/api/rival/answer',
  'three inserts': '/api/rival/three',
  'six inserts': '/api/rival/six',
  'one key put': '/api/rival/key',
  'one queue send': '/api/rival/queue',
  'bare handler': '/api/rival/bare',
  booking: '/api/bookings',
} as const;

type Case = keyof typeof CASES;

/** Passes of all cases in turn, so that what else the machine does meets them alike. */
async function measure(
  host: Host,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Record<Case, Pass[]>> {
  await fetch(`${host.url}/api/rival/prepare`, { method: 'POST' });
  const today = new Date().toISOString().slice(0, 10);
  const cases = Object.keys(CASES) as Case[];
  const passes = Object.fromEntries(cases.map((name) => [name, []])) as unknown as Record<
    Case,
    Pass[]
  >;
  const targets = cases.map((name) => ({
    name,
    target: { url: host.url, path: CASES[name], nextBody: makeBodies(today) },
  }));
  for (const { target } of targets) await postFor(WARM_SECONDS, target);
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, target } of targets) passes[name].push(await postFor(seconds, target));
  }
  return passes;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** Each round's booking against its own bare handler: the ratios of the same minute. */
function compare(passes: Record<Case, Pass[]>): { rate: number; p99: number } {
  const pairs = passes.booking.map((pass, round) => ({
    pass,
    bare: passes['bare handler'][round],
  }));
  const ratios = (of: (pass: Pass) => number) =>
    median(pairs.map(({ pass, bare }) => of(pass) / (bare === undefined ? Number.NaN : of(bare))));
  return { rate: ratios(({ perSecond }) => perSecond), p99: ratios(({ p99 }) => p99) };
}

function report(title: string, passes: Record<Case, Pass[]>): void {
  console.log(`\n${title}\n`);
  console.log('| case | accepted /s | p50 ms | p99 ms | CPU ms | refused |');
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const [name, list] of Object.entries(passes)) {
    const { perSecond, p50, p99, cpuMs } = middle(list);
    const refused = list.reduce((sum, pass) => sum + pass.refused, 0);
    console.log(
      `| ${name} | ${perSecond.toFixed(0)} | ${p50} | ${p99} | ${cpuMs.toFixed(1)} | ${refused} |`,
    );
  }
  const { rate, p99 } = compare(passes);
  console.log(`\nbooking / bare handler: ${rate.toFixed(2)} × per second, ${p99.toFixed(2)} × p99`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((word) => word !== 'api'),
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      only: { type: 'string', default: 'direct,dev' },
    },
  });
  const plan = { rounds: Number(values.rounds), seconds: Number(values.seconds) };
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  try {
    const script = await bundleWorker(path.join(folder, 'bundle'));
    const ways: Record<string, () => Promise<Host>> = {
      direct: () => startDirect(script, { state: path.join(folder, 'direct'), vars: VARS }),
      dev: () => startDev({ state: path.join(folder, 'dev'), vars: VARS }),
    };
    for (const way of values.only.split(',')) {
      const host = await ways[way]?.();
      if (host === undefined) throw new Error(`There is no way "${way}"`);
      report(
        way === 'dev' ? 'Under wrangler dev' : 'workerd without the proxy',
        await measure(host, plan),
      );
      await host.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
