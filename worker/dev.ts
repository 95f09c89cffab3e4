import { createApp } from './app.ts';
import { devApp } from './dev/app.ts';
import { aheadOf, readDevClock } from './dev/clock.ts';
import { recordingEmail } from './dev/recorder.ts';
import { withStrictStores } from './dev/strict-stores.ts';
import { handleQueue } from './queue.ts';
import { runScheduled } from './scheduled.ts';

const app = createApp(readDevClock);

/** An env whose mail bindings write to the development inbox. A copy, since the real one is shared. */
function withRecorders(env: Env): Env {
  return {
    ...env,
    STAFF_EMAIL: recordingEmail('STAFF_EMAIL', [
      env.STAFF_ADDRESS,
      env.STAFF_SECOND_ADDRESS,
      env.OWNER_ADDRESS,
    ]),
    CUSTOMER_EMAIL: recordingEmail('CUSTOMER_EMAIL'),
  };
}

/** The environment whose stores fail as the platform's may, where the variable `STRICT_STORES` asks for it. One for an isolate. */
let strict: Env | undefined;

function withStores(env: Env & { STRICT_STORES?: string }): Env {
  return env.STRICT_STORES === undefined ? env : (strict ??= withStrictStores(env, 25));
}

/** Entry of `wrangler dev worker/dev.ts`, with /dev/* added. Never deployed. */
export default {
  fetch(request, env, ctx) {
    const isDev = new URL(request.url).pathname.startsWith('/dev/');
    return isDev
      ? devApp.fetch(request, env, ctx)
      : app.fetch(request, withRecorders(withStores(env)), ctx);
  },
  queue: (batch, env) => handleQueue(batch, withRecorders(withStores(env)), readDevClock()),
  scheduled: (controller, env) =>
    runScheduled(
      withRecorders(withStores(env)),
      aheadOf(new Date(controller.scheduledTime)),
      readDevClock,
    ),
} satisfies ExportedHandler<Env>;
