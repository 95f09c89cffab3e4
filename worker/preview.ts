import { log } from './base/log.ts';
import production from './index.ts';

const app: ExportedHandler<Env> & { fetch: ExportedHandlerFetchHandler<Env> } = production;

/** Accepts mail and sends none. The deliveries count as delivered, so that the rest can be tried out. */
const noMail: SendEmail = {
  send: async () => {
    const messageId = crypto.randomUUID();
    log('preview_mail_dropped', { messageId });
    return { messageId };
  },
};

const withoutMail = (env: Env): Env => ({ ...env, STAFF_EMAIL: noMail, CUSTOMER_EMAIL: noMail });

/** Entry of the preview environment: the deployed Worker, except that no mail is sent. */
export default {
  fetch: (request, env, ctx) => app.fetch(request, withoutMail(env), ctx),
  queue: (batch, env, ctx) => app.queue?.(batch, withoutMail(env), ctx),
  scheduled: (controller, env, ctx) => app.scheduled?.(controller, withoutMail(env), ctx),
} satisfies ExportedHandler<Env>;
