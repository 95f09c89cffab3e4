import { Hono } from 'hono';
import { bookingRules } from '../../shared/catalogue.ts';
import { createApp } from '../../worker/app.ts';
import { handleQueue } from '../../worker/queue.ts';
import { rivals } from './rivals.ts';

// A bench books more than any company: seats for it lie far ahead.
bookingRules.horizonDays = 3_650;

const app = new Hono<{ Bindings: Env }>()
  .route('/api/rival', rivals)
  .mount('/', createApp(() => new Date()).fetch, { replaceRequest: false });

/** The house and its rivals in one bundle; the queue delivers only when `BENCH_DELIVER` says so. */
export default {
  fetch: app.fetch,
  queue: async (batch, env) => {
    const { BENCH_DELIVER } = env as Env & { BENCH_DELIVER?: string };
    if (BENCH_DELIVER === 'yes') await handleQueue(batch, env, new Date());
    else batch.ackAll();
  },
} satisfies ExportedHandler<Env>;
