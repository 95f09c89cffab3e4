import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { makeCheckout } from '../tools/checkout.ts';
import { quietEnvironment } from '../tools/environment.mjs';
import { type Kind, writeArticles } from './articles.ts';
import { makeBareTemplate } from './bare-template.ts';

/** One cold build: seconds by the clock, CPU seconds, and the most memory it held, in MB. */
export interface Build {
  seconds: number;
  cpu: number;
  megabytes: number;
}

const TICKS = 100;
const LOOK_MS = 100;

function readProcess(pid: number): { cpu: number; megabytes: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const peak = /^VmHWM:\s+(\d+)/m.exec(status)?.[1];
    if (peak === undefined) return null;
    return {
      cpu: (Number(fields[11]) + Number(fields[12])) / TICKS,
      megabytes: Number(peak) / 1024,
    };
  } catch {
    return null;
  }
}

async function build(folder: string): Promise<Build> {
  for (const kept of ['dist', '.cache', '.astro', 'node_modules/.astro']) {
    rmSync(path.join(folder, kept), { recursive: true, force: true });
  }
  const started = performance.now();
  const child = spawn(process.execPath, ['node_modules/astro/bin/astro.mjs', 'build'], {
    cwd: folder,
    env: quietEnvironment(),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let used = { cpu: 0, megabytes: 0 };
  const looking = setInterval(() => (used = readProcess(child.pid ?? 0) ?? used), LOOK_MS);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(looking);
  if (code !== 0) throw new Error(`The build in ${folder} ended with ${String(code)}`);
  return { seconds: (performance.now() - started) / 1000, ...used };
}

/** Builds our site and a bare template from the same generated articles, one after the other for each number of them. */
export async function timeBuilds(kind: Kind, counts: readonly number[]) {
  const ours = makeCheckout();
  const bare = makeBareTemplate();
  const rows: { count: number; ours: Build; bare: Build }[] = [];
  try {
    for (const count of counts) {
      for (const { folder } of [ours, bare]) {
        writeArticles(path.join(folder, 'content/news'), { count, kind });
      }
      rows.push({ count, bare: await build(bare.folder), ours: await build(ours.folder) });
    }
  } finally {
    ours.remove();
    bare.remove();
  }
  return rows;
}
