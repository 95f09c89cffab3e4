import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import * as v from 'valibot';
import { AnswerSchema, dispatchAnswers, emailAnswers } from './answers.ts';
import { setMinutesAhead } from './clock.ts';
import { dispatchState, receiveDispatch } from './dispatch.ts';
import { emptyInbox, listInbox } from './inbox.ts';
import { inboxPage } from './inbox-page.ts';
import { resetState } from './reset.ts';

// Mail is shown as it was sent, so nothing in it may run or load.
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'";

/** How far the development clock runs ahead, so that deadlines of days can be tried in a minute. */
const ClockSchema = v.object({ aheadMinutes: v.pipe(v.number(), v.minValue(0)) });

/** Names and addresses that only this machine or network answers to; a name of somebody's domain could lead here too. */
const OWN_HOST = /^(?:localhost|.+\.localhost|\d+\.\d+\.\d+\.\d+|\[[\da-f:]+\])$/;

/**
 * Refuses what the page of another site asks for in a browser, by whatever method: it could empty the database, or read the inbox
 * under a name of its own that leads to this machine. Programs send neither header.
 */
const refuseOtherSites = createMiddleware(async (c, next) => {
  const { origin, hostname } = new URL(c.req.url);
  const site = c.req.header('Sec-Fetch-Site') ?? 'none';
  const isOwn = ['none', 'same-origin'].includes(site) && OWN_HOST.test(hostname);
  return isOwn && (c.req.header('Origin') ?? origin) === origin ? next() : c.body(null, 403);
});

/** Everything under /dev/: the inbox, the dispatch receiver, how both answer, and the clock. */
export const devApp = new Hono<{ Bindings: Env }>()
  .use(refuseOtherSites)
  .get('/dev/inbox', async (c) => {
    c.header('Content-Security-Policy', PAGE_POLICY);
    c.header('Cache-Control', 'no-store');
    return c.html(await inboxPage(listInbox()));
  })
  .get('/dev/inbox/', (c) => c.redirect('/dev/inbox'))
  .get('/dev/inbox.json', (c) => c.json(listInbox()))
  .delete('/dev/inbox.json', (c) => {
    emptyInbox();
    return c.body(null, 204);
  })
  .post('/dev/reset', async (c) => {
    await resetState(c.env);
    emptyInbox();
    dispatchAnswers.reset();
    emailAnswers.reset();
    setMinutesAhead(0);
    return c.body(null, 204);
  })
  .post('/dev/clock', async (c) => {
    const ahead = v.safeParse(ClockSchema, await c.req.json().catch(() => null));
    if (!ahead.success) return c.json(v.flatten(ahead.issues), 422);
    setMinutesAhead(ahead.output.aheadMinutes);
    return c.body(null, 204);
  })
  .get('/dev/inbox/:id/:index', (c) => {
    const entry = listInbox().find(({ id }) => id === Number(c.req.param('id')));
    const file = entry?.kind === 'email' && entry.attachments[Number(c.req.param('index'))];
    if (!file) return c.notFound();
    const bytes =
      file.encoding === 'base64'
        ? Uint8Array.fromBase64(file.content)
        : new TextEncoder().encode(file.content);
    c.header('Content-Disposition', `attachment; filename="${encodeURIComponent(file.filename)}"`);
    return c.body(bytes, 200, { 'Content-Type': file.type });
  })
  .post('/dev/dispatch', (c) => receiveDispatch(c.req.raw, c.env.DISPATCH_KEYS))
  .get('/dev/dispatch', (c) => c.json(dispatchState()))
  .post('/dev/:channel{dispatch|email}/answer', async (c) => {
    const answer = v.safeParse(AnswerSchema, await c.req.json().catch(() => null));
    if (!answer.success) return c.json(v.flatten(answer.issues), 422);
    const answers = c.req.param('channel') === 'email' ? emailAnswers : dispatchAnswers;
    answers.set(answer.output);
    return c.json(answer.output);
  });
