import { createApp } from './app.ts';
import { handleQueue } from './queue.ts';
import { runScheduled } from './scheduled.ts';

const app = createApp(() => new Date());

/** The deployed Worker. */
export default {
  fetch: app.fetch,
  queue: (batch, env) => handleQueue(batch, env, new Date()),
  scheduled: (controller, env) =>
    runScheduled(env, new Date(controller.scheduledTime), () => new Date()),
} satisfies ExportedHandler<Env>;
