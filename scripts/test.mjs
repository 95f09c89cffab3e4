import process from 'node:process';
import { installSystemChromium } from './tools/chromium.mjs';
import { runCommand } from './tools/command.mjs';
import { ensureInstalled } from './tools/install.mjs';

await runCommand(async () => {
  const names = process.argv.slice(2);
  const browser = names.length === 0 ? installSystemChromium() : undefined;
  await Promise.all([ensureInstalled(), browser]);
  // The checks import packages, which were installed only now.
  const { runChecks } = await import('./checks/checks.mjs');
  return runChecks(names);
});
