import { createMiddleware } from 'hono/factory';
import { SEARCH_PATH } from '../../shared/search-index.ts';
import type { AppContext, AppEnv } from './context.ts';
import { answerProblem, problems } from './problems.ts';

const MINUTE_MS = 60_000;
/** Most networks counted at once. With more of them all counts are cleared, so memory stays small. */
const ADDRESSES_MAX = 20_000;

/** Number of requests in the minute `countedMinute`, by network; reports of visits apart. */
const floodCounts = new Map<string, number>();
let countedMinute = 0;

/** Sends a request that came by http to the same path by https, where the site is served by https. */
export const redirectToHttps = createMiddleware<AppEnv>(async (c, next) => {
  const url = new URL(c.req.url);
  const site = new URL(c.env.PUBLIC_ORIGIN);
  if (url.protocol !== 'http:' || site.protocol !== 'https:') return next();
  url.protocol = site.protocol;
  url.hostname = site.hostname;
  url.port = site.port;
  return c.redirect(url.href, 308);
});

/** Refuses a post that another site made: `Sec-Fetch-Site: cross-site`, or an `Origin` that is neither `null` nor ours. */
export const refuseCrossSite = createMiddleware<AppEnv>(async (c, next) => {
  const origin = c.req.header('Origin');
  const foreign = origin !== undefined && origin !== 'null' && origin !== new URL(c.req.url).origin;
  if (c.req.method === 'POST' && (foreign || c.req.header('Sec-Fetch-Site') === 'cross-site')) {
    return answerProblem(c, problems.crossSite);
  }
  return next();
});

/** The part of `FLOOD_LIMIT` that reports of visits may use, counted apart: they must not eat up the posts of people behind one address. */
const VISITS_SHARE = 0.1;
const VISITS = /^\/api\/visits\/?$/;

/**
 * Refuses floods: more posts and searches a minute from one IPv4 address or IPv6 /64 than `FLOOD_LIMIT`. Counts live in memory
 * only.
 */
export const refuseFlood = createMiddleware<AppEnv>(async (c, next) => {
  clearOldMinute(Math.floor(c.var.now.getTime() / MINUTE_MS));
  if (c.req.method !== 'POST' && c.req.path !== SEARCH_PATH) return next();
  const network = networkOf(c) ?? '';
  const isVisit = VISITS.test(c.req.path);
  const bucket = isVisit ? `${network} visits` : network;
  const count = (floodCounts.get(bucket) ?? 0) + 1;
  floodCounts.set(bucket, count);
  const limit = Number(c.env.FLOOD_LIMIT) * (isVisit ? VISITS_SHARE : 1);
  return count > limit ? answerProblem(c, problems.flood) : next();
});

/** The network that a request comes from, or null where nobody says: only Cloudflare's edge does. */
export function networkOf(c: AppContext): string | null {
  const address = c.req.header('CF-Connecting-IP') ?? '';
  return address === '' ? null : toNetwork(address);
}

/** The network of one subscriber: a whole IPv4 address, or the first 64 bits of an IPv6 address, such as `2001:db8:0:1`. */
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

function clearOldMinute(minute: number): void {
  if (minute === countedMinute && floodCounts.size <= ADDRESSES_MAX) return;
  countedMinute = minute;
  floodCounts.clear();
}
