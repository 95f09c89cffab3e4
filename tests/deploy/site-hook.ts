import process from 'node:process';
import { answerAsSite } from './live-site.ts';

// Loaded before scripts/deploy.ts: the site's own addresses answer from here, and nobody waits between two attempts.
const origin = process.env['SITE_ORIGIN'] ?? '';
const faults = JSON.parse(process.env['SITE_FAULTS'] ?? '[]') as string[];
const { host } = new URL(origin);
const site = answerAsSite(origin, faults);
const network = globalThis.fetch;
const wait = globalThis.setTimeout;
/** As in scripts/deploy/release.ts. */
const PAUSES = [5000, 15_000];

globalThis.fetch = (input, init) => {
  const url = input instanceof Request ? input.url : String(input);
  return new URL(url).host.endsWith(host) ? site(input) : network(input, init);
};
globalThis.setTimeout = ((action: () => void, ms = 0, ...rest: []) =>
  wait(action, PAUSES.includes(ms) ? 1 : ms, ...rest)) as typeof globalThis.setTimeout;
