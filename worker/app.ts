import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { requestId } from 'hono/request-id';
import { holdsToken, referrerPolicy, securityHeaders } from '../shared/headers.ts';
import type { AppContext, AppEnv } from './web/context.ts';
import { redirectToHttps, refuseCrossSite, refuseFlood } from './web/guard.ts';
import { provideKeys } from './web/keys.ts';
import { type Failure, logError, withoutConsole } from './base/log.ts';
import { readTogether } from './store/read-together.ts';
import { countPageFailure } from './store/page-failures.ts';
import { answerNotFound } from './web/pages.ts';
import { answerProblem, problems, wantsHtml } from './web/problems.ts';
import { availabilityRoutes } from './booking/availability.ts';
import { bookingRoutes } from './booking/routes.ts';
import { contactRoutes } from './contact/routes.ts';
import { customerPhotoRoutes } from './customer/photos.ts';
import { customerRoutes } from './customer/routes.ts';
import { findRoutes } from './customer/find.ts';
import { formRoutes } from './booking/form-links.ts';
import { letterPageRoutes, letterRoutes } from './letters/routes.ts';
import { healthRoutes } from './status/health.ts';
import { myDataRoutes } from './my-data/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { transparencyRoutes } from './status/transparency-page.ts';
import { visitRoutes } from './visits/routes.ts';
import { staffPhotoRoutes } from './staff/photos.ts';
import { staffJobRoutes } from './staff/routes.ts';
import { staffLinkRoutes } from './staff/new-link.ts';
import { feedRoutes } from './staff/feeds/routes.ts';
import { numbersRoutes } from './staff/numbers/routes.ts';
import { crewPhotoRoutes } from './staff/day/photos.ts';
import { dayRoutes } from './staff/day/routes.ts';
import { weekRoutes } from './staff/week/routes.ts';

/** The addresses that store a new record. After a failure there nobody knows whether it was stored. */
const SUBMITS = /^\/api\/(?:bookings|contact)\/?$/;

/** The Worker's HTTP side: middleware in order, then the routes. Tests pass a fixed time as `now`. */
export function createApp(now: () => Date): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  // A console line carries the address of its request, so a fetch of one with a token writes none.
  app.use((c, next) =>
    holdsToken(c.req.path) ? withoutConsole(reporterOf(c, now()), next) : next(),
  );
  app.use((c, next) => {
    // A page asks for many things at once, and an invocation may hold six connections.
    c.env = { ...c.env, DB: readTogether(c.env.DB) };
    return next();
  });
  app.use(requestId({ headerName: '' }));
  app.use(async (c, next) => {
    c.set('now', now());
    // The form in English names its language in its address, which is there before its body is read.
    c.set('language', c.req.query('lang') === 'en' ? 'en' : 'vi');
    await next();
    const secured = secure(c.res, c.req.path);
    // Without this, Hono copies the answer once more to merge in the headers of the old one.
    c.res = undefined;
    c.res = secured;
  });
  // Another site's post comes to nothing before any answer that gives back what was sent.
  app.use(redirectToHttps, refuseCrossSite, provideKeys, refuseFlood);
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) =>
        answerProblem(c, {
          ...problems.wrongMethod,
          headers: { Allow: methods.toSorted().join(', ') },
        }),
    }),
  );

  for (const slash of ['', '/']) {
    app.route(`/api/bookings${slash}`, bookingRoutes);
    app.route(`/api/contact${slash}`, contactRoutes);
    app.route(`/api/letters${slash}`, letterRoutes);
  }
  app.route('/api/availability', availabilityRoutes);
  app.route('/api/health', healthRoutes);
  app.route('/api/visits', visitRoutes);
  for (const slash of ['', '/']) app.route(`/ban-tin${slash}`, letterPageRoutes);
  app.route('/', findRoutes);
  app.route('/don', myDataRoutes);
  app.route('/don', customerPhotoRoutes);
  app.route('/don', customerRoutes);
  app.route('/viec/lich', weekRoutes);
  app.route('/viec/ngay', crewPhotoRoutes);
  app.route('/viec/ngay', dayRoutes);
  app.route('/viec', staffPhotoRoutes);
  app.route('/viec/so-lieu', numbersRoutes);
  app.route('/viec', feedRoutes);
  app.route('/viec', staffJobRoutes);
  app.route('/', staffLinkRoutes);
  app.route('/', formRoutes);
  app.route('/', searchRoutes);
  app.route('/', transparencyRoutes);

  app.notFound((c) => (wantsHtml(c) ? answerNotFound(c) : answerProblem(c, problems.notFound)));
  app.onError((error, c) => {
    logError('request_failed', error, { requestId: c.var.requestId });
    const isRequest = c.req.method === 'POST' && SUBMITS.test(c.req.path);
    return answerProblem(c, isRequest ? problems.uncertain : problems.failed);
  });
  return app;
}

/** Counts a page's failures in the database. Without the database they go uncounted: every other route logs that. */
function reporterOf(c: AppContext, now: Date): (failure: Failure) => void {
  const count = async (failure: Failure) => countPageFailure(c.env.DB, failure, now).run();
  return (failure) => c.executionCtx.waitUntil(count(failure).catch(() => undefined));
}

/** A copy of an answer with the security headers added. It is a copy because the headers of an asset are immutable. */
function secure(answer: Response, path: string): Response {
  const secured = new Response(answer.body, answer);
  for (const [name, value] of Object.entries(securityHeaders)) secured.headers.set(name, value);
  secured.headers.set('Referrer-Policy', referrerPolicy(path));
  // A `Location` may contain a signed link: do not cache.
  if (secured.headers.has('Location') && !secured.headers.has('Cache-Control')) {
    secured.headers.set('Cache-Control', 'private, no-store');
  }
  return secured;
}
