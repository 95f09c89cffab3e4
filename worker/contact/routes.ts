import { Hono } from 'hono';
import {
  type ContactMessage,
  contactFieldNames,
  parseContactMessage,
} from '../../shared/forms/contact.ts';
import { isLegalKind } from '../../shared/privacy/legal-kinds.ts';
import { acceptMessage } from '../records/accept-message.ts';
import { formSpamReason, textSpamReason } from '../records/spam-check.ts';
import { answerRefusal, answerTaken, takeSubmission, viewOf } from '../records/submission.ts';
import { isComplaintProof, issueIntent } from '../signing/links.ts';
import { findBookingByCode } from '../store/bookings.ts';
import type { AppContext, AppEnv } from '../web/context.ts';
import { networkOf } from '../web/guard.ts';
import { answerContactPage } from './page.ts';

/** `POST /api/contact`: takes a message from the form or a program. GET redirects to the form; a program gets its intent by `/intent`. */
export const contactRoutes = new Hono<AppEnv>()
  .get('/', (c) => c.redirect('/lien-he/', 303))
  .get('/intent', async (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json({
      intent: await issueIntent({ keys: c.var.linkKeys, now: c.var.now }, 'contact'),
    });
  })
  .post('/', (c) =>
    takeSubmission<ContactMessage>(c, {
      name: 'contact',
      fieldNames: contactFieldNames,
      parse: (raw) => {
        const parsed = parseContactMessage({ ...raw, lang: raw['lang'] ?? c.var.language });
        return parsed.ok ? { ok: true, request: parsed.message } : parsed;
      },
      accept: async (message, { raw, intent }) =>
        acceptMessage(c.env, {
          message,
          isGenuine: await isFromOwnPage(c, message, raw['proof'] ?? ''),
          intent: intent?.nonce ?? null,
          holdReason:
            textSpamReason(raw, message.message) ??
            (isLegalKind(message.kind) ? null : formSpamReason(intent, c.var.now)),
          network: networkOf(c),
          now: c.var.now,
        }),
      differs: (language) =>
        language === 'en'
          ? 'You have already sent a message from this page. Send another one?'
          : 'Anh/chị đã gửi một tin nhắn từ trang này. Gửi thêm tin nhắn mới?',
      answerTaken: (taken) => answerTaken(c, taken, { status: 'open' }),
      answerRefused: (refusal, sent) =>
        answerRefusal(c, refusal, {
          title: c.var.language === 'en' ? 'Your message was not sent' : 'Chưa nhận được tin',
          answerForm: () => answerContactPage(c, viewOf(sent, refusal)),
        }),
    }),
  );

/** Whether a complaint comes from the own page of the booking that it names. */
async function isFromOwnPage(
  c: AppContext,
  { kind, code }: Pick<ContactMessage, 'kind' | 'code'>,
  proof: string,
): Promise<boolean> {
  if (kind !== 'complaint' || code === null || proof === '') return false;
  const booking = await findBookingByCode(c.env.DB, code);
  const signing = { keys: c.var.linkKeys, now: c.var.now };
  return booking !== null && isComplaintProof(signing, proof, booking.id);
}
