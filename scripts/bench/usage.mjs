// Loaded into a build by `node --import`: writes what the process has used to the file that BENCH_USAGE names.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

const file = process.env['BENCH_USAGE'];

function write() {
  if (file === undefined) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(process.resourceUsage()));
}

if (isMainThread) process.on('exit', write);
