import { bookingRules } from '../../shared/content/catalogue.ts';
import { createApp } from '../../worker/app.ts';
import { handleQueue } from '../../worker/queue.ts';
import { deliversNow, rivals, withMail } from './rivals.ts';
import { SENT_AT } from './sent-at.ts';

// A bench books more than any company, so it may book ten years ahead.
bookingRules.horizonDays = 3_650;

/** The time of the submission that came last; the bench says in a header when each of them comes. */
let now = new Date();
const app = createApp(() => now);

/** The Worker and the bare handlers in one bundle. */
export default {
  // Chosen by hand: a router before the app's own would slow bookings down.
  fetch: (request, env, ctx) => {
    const sentAt = request.headers.get(SENT_AT);
    if (sentAt !== null) now = new Date(sentAt);
    return (request.url.includes('/api/rival/') ? rivals : app).fetch(request, env, ctx);
  },
  queue: async (batch, env) => {
    if (deliversNow()) await handleQueue(batch, withMail(env), now);
    else batch.ackAll();
  },
} satisfies ExportedHandler<Env>;
