import { createApp } from './app.ts';

const app = createApp(() => new Date());

/** The deployed Worker. */
export default {
  fetch: app.fetch,
} satisfies ExportedHandler<Env>;
