import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ROOT } from './tools/environment.mjs';
import { runCommand } from './tools/command.mjs';
import { run } from './tools/run.mjs';

const SERVED_WORKER = path.join(ROOT, '.cache', 'worker', 'dev.js');

/**
 * Builds the site from checked content into a folder.
 * @param {string} folder
 * @returns {Promise<string>} what the build printed
 */
export async function buildInto(folder) {
  // Before anything is built from it: the build runs the code that an article contains.
  await run('node', ['scripts/content.ts', 'check', '--before-build']);
  // Whatever the caller's own environment says: drafts stay out of a built site.
  const env = { NODE_ENV: 'production', DEV: '' };
  return run('astro', ['build', '--outDir', folder], { env });
}

/**
 * Builds the site into a new folder, which replaces dist only when the build succeeded.
 * @returns {Promise<string>} what the build printed
 */
export async function buildSite() {
  const cache = path.join(ROOT, '.cache');
  const fresh = path.join(cache, `dist-${process.pid}`);
  const served = path.join(ROOT, 'dist');
  const old = path.join(cache, `old-${process.pid}`);
  mkdirSync(cache, { recursive: true });
  try {
    const output = await buildInto(fresh);
    if (existsSync(served)) renameSync(served, old);
    renameSync(fresh, served);
    return output;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}

/**
 * Bundles the Worker's development entry, which `npm start` serves. Like dist, the bundle is replaced only when the new one
 * could be built, so a mistake in facts or code does not stop the running server.
 * @returns {Promise<string>} the script
 */
export async function bundleDevWorker() {
  const fresh = path.join(ROOT, '.cache', `worker-${process.pid}`);
  try {
    await run('wrangler', ['deploy', 'worker/dev.ts', '--dry-run', '--outdir', fresh]);
    mkdirSync(path.dirname(SERVED_WORKER), { recursive: true });
    renameSync(path.join(fresh, 'dev.js'), SERVED_WORKER);
    return SERVED_WORKER;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  await runCommand(async () => {
    process.stdout.write(await buildSite());
    // A running `npm start` serves this bundle: it has to fit the new pages.
    if (existsSync(SERVED_WORKER)) await bundleDevWorker();
  });
  if (process.exitCode === 1) {
    console.error('The build failed; what is being served stays as it was.');
  }
}
