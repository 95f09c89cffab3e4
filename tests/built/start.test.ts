import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { services } from '../../shared/content/catalogue.ts';
import { ROOT } from '../../scripts/tools/environment.mjs';
import { freePort } from '../../scripts/tools/free-port.mjs';
import { makeCheckout } from '../../scripts/tools/checkout.ts';

const START_MS = 400_000;
/** Longer than a watcher takes to see a change. */
const NOTICE_MS = 4_000;

let checkout: ReturnType<typeof makeCheckout>;
let started: ChildProcess;
let url: string;
let output = '';

beforeAll(async () => {
  checkout = makeCheckout();
  copyFileSync(
    path.join(ROOT, 'package-lock.json'),
    path.join(checkout.folder, 'package-lock.json'),
  );
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const args = ['scripts/start.mjs', '--port', String(port)];
  started = spawn(process.execPath, args, { cwd: checkout.folder });
  for (const stream of [started.stdout, started.stderr]) {
    stream?.on('data', (part: Buffer) => (output += part.toString()));
  }
  await vi.waitFor(() => expect(output).toContain(`Ready: ${url}`), { timeout: START_MS });
}, START_MS);

afterAll(async () => {
  if (started.exitCode === null) {
    started.kill('SIGTERM');
    await once(started, 'close');
  }
  checkout.remove();
});

const statuses = () =>
  Promise.all(
    ['/', `/api/availability?service=${services[0]?.id}`].map(
      async (at) => (await fetch(url + at)).status,
    ),
  );

test(
  'npm start goes on serving when a fact is broken under it, and ends as a whole',
  async () => {
    expect(await statuses()).toEqual([200, 200]);
    const facts = path.join(checkout.folder, 'content/company.json');
    writeFileSync(facts, readFileSync(facts, 'utf8').replace(/"hotline": "0/, '"hotline": "O'));
    await new Promise((later) => setTimeout(later, NOTICE_MS));
    expect(await statuses()).toEqual([200, 200]);
    started.kill('SIGTERM');
    await once(started, 'close');
    await expect(fetch(url)).rejects.toThrow();
  },
  START_MS,
);
