import process from 'node:process';
import { runCommand } from './tools/command.mjs';
import { ensureInstalled } from './tools/install.mjs';

await runCommand(async () => {
  await ensureInstalled();
  // The checks import packages, which were installed only now.
  const { runChecks } = await import('./checks/checks.mjs');
  return runChecks(process.argv.slice(2));
});
