import { devApp } from './dev/app.ts';
import { recordingEmail } from './dev/recorder.ts';
import production from './index.ts';

const house: Required<Pick<ExportedHandler<Env>, 'fetch' | 'queue' | 'scheduled'>> = production;

/** The house with its e-mail going to the inbox in memory; copies, since the real env is shared. */
function withRecorders(env: Env): Env {
  return {
    ...env,
    STAFF_EMAIL: recordingEmail('STAFF_EMAIL', [env.STAFF_ADDRESS, env.STAFF_SECOND_ADDRESS]),
    CUSTOMER_EMAIL: recordingEmail('CUSTOMER_EMAIL'),
  };
}

/** Development-only entry: `wrangler dev worker/dev.ts` adds /dev/* and is never deployed. */
export default {
  fetch(request, env, ctx) {
    const isDev = new URL(request.url).pathname.startsWith('/dev/');
    return isDev ? devApp.fetch(request, env, ctx) : house.fetch(request, withRecorders(env), ctx);
  },
  queue: (batch, env, ctx) => house.queue(batch, withRecorders(env), ctx),
  scheduled: (controller, env, ctx) => house.scheduled(controller, withRecorders(env), ctx),
} satisfies ExportedHandler<Env>;
