import process from 'node:process';
import { ensureInstalled } from './tools/install.mjs';

await ensureInstalled();
// What follows needs the packages, so it is loaded only now.
const { runChecks } = await import('./checks/checks.mjs');
process.exitCode = await runChecks(process.argv.slice(2));
