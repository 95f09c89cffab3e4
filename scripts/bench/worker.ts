import { bookingRules } from '../../shared/content/catalogue.ts';
import { createApp } from '../../worker/app.ts';
import { handleQueue } from '../../worker/queue.ts';
import { deliversNow, rivals, withMail } from './rivals.ts';

// A bench books more than any company, so it may book ten years ahead.
bookingRules.horizonDays = 3_650;

const app = createApp(() => new Date());

/** The Worker and the bare handlers in one bundle. */
export default {
  // Chosen by hand: a router before the app's own would slow bookings down.
  fetch: (request, env, ctx) =>
    (request.url.includes('/api/rival/') ? rivals : app).fetch(request, env, ctx),
  queue: async (batch, env) => {
    if (deliversNow()) await handleQueue(batch, withMail(env), new Date());
    else batch.ackAll();
  },
} satisfies ExportedHandler<Env>;
