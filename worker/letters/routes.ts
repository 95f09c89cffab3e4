import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { bookingRules } from '../../shared/content/catalogue.ts';
import { letterFieldNames, parseLetterSignUp } from '../../shared/forms/letters.ts';
import { isServiceFailure } from '../base/failures.ts';
import { logError } from '../base/log.ts';
import { answerRefusal, viewOf } from '../records/submission.ts';
import { formSpamReason, textSpamReason } from '../records/spam-check.ts';
import { wakeDeliveries } from '../records/wake-delivery.ts';
import { readIntent } from '../signing/links.ts';
import type { AppContext, AppEnv } from '../web/context.ts';
import { networkOf } from '../web/guard.ts';
import { withSlash } from '../web/pages.ts';
import { answerProblem, answerUnread, problems, wantsHtml } from '../web/problems.ts';
import { readFields } from '../web/read-fields.ts';
import { answerOwnPage } from './own-page.ts';
import { answerConfirmPage, answerLeavePage, answerSignUpPage } from './pages.ts';
import { confirm, doOwn, leave } from './subscription.ts';
import { acceptSignUp } from './sign-up.ts';

const EXPIRED = 'Trang này mở đã hơn một ngày nên chưa gửi đi. Anh/chị bấm gửi lần nữa.';

/** Nothing here exists where the company sends no letters, but for leaving: what was sent before keeps its promise. */
const onlyWhereOn = createMiddleware<AppEnv>(async (c, next) =>
  bookingRules.marketing ? next() : c.notFound(),
);

/** `POST /api/letters`: signs an address up for the letters. The answer is always the same, whether a mail goes out or not. */
export const letterRoutes = new Hono<AppEnv>()
  .use(onlyWhereOn)
  .get('/', (c) => c.redirect('/ban-tin/', 303))
  .post('/', async (c) => {
    const { now, linkKeys: keys } = c.var;
    const read = await readFields(c.req.raw, letterFieldNames);
    if (!read.ok) return answerUnread(c, read);
    const raw = read.fields;
    const sent = { raw, intent: await readIntent({ keys, now }, 'letters', raw['intent'] ?? '') };
    const refuse = (refusal: Parameters<typeof answerRefusal>[1]) =>
      answerRefusal(c, refusal, {
        title: 'Chưa đăng ký được',
        answerForm: () => answerSignUpPage(c, viewOf(sent, refusal)),
      });
    const parsed = parseLetterSignUp(raw);
    if (!parsed.ok) return refuse({ status: 422, errors: parsed.errors });
    if (sent.intent?.isExpired === true && wantsHtml(c)) {
      return refuse({ status: 200, notice: EXPIRED });
    }
    // A program has no form view. What fills in the form as no person does gets no mail, and is not told.
    const isForm = wantsHtml(c) || raw['intent'] !== undefined;
    const isSpam = textSpamReason(raw, '') ?? (isForm ? formSpamReason(sent.intent, now) : null);
    if (isSpam === null) {
      try {
        const signUp = { signUp: parsed.signUp, network: networkOf(c), now };
        const deliveryId = await acceptSignUp(c.env, signUp);
        if (deliveryId !== null) wakeDeliveries(c, [deliveryId]);
      } catch (error) {
        if (!isServiceFailure(error)) throw error;
        logError('sign_up_failed', error, { requestId: c.var.requestId });
        const problem = problems.unavailable;
        return refuse({ status: 503, notice: problem.detail, problem });
      }
    }
    c.header('Cache-Control', 'private, no-store');
    return wantsHtml(c) ? c.redirect('/ban-tin/?sent=yes', 303) : c.json({ status: 'asked' }, 202);
  });

/** The pages of the letters: sign up, confirm, see and renew, leave. Every GET changes nothing. */
export const letterPageRoutes = new Hono<AppEnv>()
  .post('/roi/:token/', (c) => answering(c, leave))
  .use(onlyWhereOn)
  .get('/', (c) =>
    c.req.path.endsWith('/')
      ? answerSignUpPage(c, { values: {} }, c.req.query('sent') === 'yes')
      : c.redirect(withSlash(c.req.url), 308),
  )
  .get('/xac-nhan/:token/', (c) => answering(c, answerConfirmPage))
  .post('/xac-nhan/:token/', (c) => answering(c, confirm))
  .get('/roi/:token/', (c) => answering(c, answerLeavePage))
  .get('/cua-toi/:token/', (c) => answering(c, answerOwnPage))
  .post('/cua-toi/:token/', (c) => answering(c, doOwn));

/** An answer to the holder of a token, or the page that says that a store does not answer. */
async function answering(
  c: AppContext,
  answer: (c: AppContext, token: string) => Promise<Response>,
): Promise<Response> {
  try {
    return await answer(c, c.req.param('token') ?? '');
  } catch (error) {
    if (!isServiceFailure(error)) throw error;
    logError('letters_failed', error, { requestId: c.var.requestId });
    return answerProblem(c, problems.failed);
  }
}
