import { readArguments, runCommand } from './tools/command.mjs';

const USAGE = `npm run bench -- api     bookings, messages and deliveries against bare handlers
npm run bench -- search  CPU of a search, now and with more articles
npm run bench -- cost    CPU of each route, and a month beside the limits of the plans
npm run bench -- plans   the nightly visits of 150 and 1,500 plans, over --nights 45
npm run bench -- site    build time, weight of the pages, Lighthouse
docs/bench.md names the options and what the figures mean.`;

await runCommand(async () => {
  const { words, options } = readArguments(USAGE, {
    only: { type: 'string' },
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '3' },
    kinds: { type: 'string', default: 'md,mdx' },
    counts: { type: 'string', default: '100,1000,5000' },
    requests: { type: 'string', default: '500' },
    runs: { type: 'string', default: '3' },
    plans: { type: 'string', default: '150,1500' },
    nights: { type: 'string', default: '45' },
  });
  const split = (list: string) => list.split(',');
  switch (words.join(' ')) {
    case 'api': {
      const { benchApi } = await import('./bench/api.ts');
      const [rounds, seconds] = [Number(options.rounds), Number(options.seconds)];
      return benchApi({ rounds, seconds, hosts: split(options.only ?? 'direct,dev') });
    }
    case 'search': {
      const { benchSearch } = await import('./bench/search.ts');
      const [rounds, requests] = [Number(options.rounds), Number(options.requests)];
      return benchSearch({ counts: split(options.counts).map(Number), rounds, requests });
    }
    case 'cost': {
      const { benchCost } = await import('./bench/cost.ts');
      return benchCost({ rounds: Number(options.rounds), requests: Number(options.requests) });
    }
    case 'plans': {
      const { benchPlans } = await import('./bench/plans.ts');
      return benchPlans({
        counts: split(options.plans).map(Number),
        nights: Number(options.nights),
      });
    }
    case 'site': {
      const { benchSite } = await import('./bench/site.ts');
      return benchSite({
        parts: split(options.only ?? 'build,pages,lighthouse'),
        kinds: split(options.kinds),
        counts: split(options.counts).map(Number),
        runs: Number(options.runs),
      });
    }
    default:
      throw new Error(USAGE);
  }
});
