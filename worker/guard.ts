import { createMiddleware } from 'hono/factory';
import type { AppEnv } from './context.ts';
import { answerProblem, problems } from './problems.ts';

const MINUTE_MS = 60_000;
/** Addresses remembered at once; beyond it the oldest minute is forgotten first. */
const ADDRESSES_MAX = 20_000;

const floodCounts = new Map<string, number>();

/** Refuses a post that another site made: `Sec-Fetch-Site: cross-site`, or an `Origin` that is neither `null` nor ours. */
export const refuseCrossSite = createMiddleware<AppEnv>(async (c, next) => {
  const origin = c.req.header('Origin');
  const foreign = origin !== undefined && origin !== 'null' && origin !== new URL(c.req.url).origin;
  if (c.req.method === 'POST' && (foreign || c.req.header('Sec-Fetch-Site') === 'cross-site')) {
    return answerProblem(c, problems.crossSite);
  }
  return next();
});

/** Refuses floods: more posts a minute from one IPv4 address or IPv6 /64 than `FLOOD_LIMIT`. Counts live in memory only. */
export const refuseFlood = createMiddleware<AppEnv>(async (c, next) => {
  if (c.req.method !== 'POST') return next();
  const minute = Math.floor(c.var.now.getTime() / MINUTE_MS);
  const key = `${minute}|${toNetwork(c.req.header('CF-Connecting-IP') ?? '')}`;
  const count = (floodCounts.get(key) ?? 0) + 1;
  floodCounts.set(key, count);
  forgetOldMinutes(minute);
  return count > Number(c.env.FLOOD_LIMIT) ? answerProblem(c, problems.flood) : next();
});

/** The network that one household or phone has: an IPv4 address whole, an IPv6 address's first 64 bits. */
export function toNetwork(address: string): string {
  if (!address.includes(':')) return address;
  const mapped = /:(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const rest = tail === undefined ? [] : tail.split(':').filter((group) => group !== '');
  const zeros = Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0');
  return [...groups, ...(tail === undefined ? [] : zeros), ...rest]
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}

function forgetOldMinutes(minute: number): void {
  if (floodCounts.size <= ADDRESSES_MAX) return;
  for (const key of floodCounts.keys()) if (!key.startsWith(`${minute}|`)) floodCounts.delete(key);
  if (floodCounts.size > ADDRESSES_MAX) floodCounts.clear();
}
