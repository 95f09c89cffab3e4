import { bookingRules } from '../../shared/content/catalogue.ts';
import { createApp } from '../../worker/app.ts';
import { handleQueue } from '../../worker/queue.ts';
import { rivals } from './rivals.ts';

// A bench books more than any company: seats for it lie far ahead.
bookingRules.horizonDays = 3_650;

const house = createApp(() => new Date());

/** The house and its rivals in one bundle; the queue delivers only when `BENCH_DELIVER` says so. */
export default {
  // No router before the house's own, which a deployment has not either.
  fetch: (request, env, ctx) =>
    (request.url.includes('/api/rival/') ? rivals : house).fetch(request, env, ctx),
  queue: async (batch, env) => {
    const { BENCH_DELIVER } = env as Env & { BENCH_DELIVER?: string };
    if (BENCH_DELIVER === 'yes') await handleQueue(batch, env, new Date());
    else batch.ackAll();
  },
} satisfies ExportedHandler<Env>;
