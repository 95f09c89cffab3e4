import { Hono } from 'hono';
import { contactFieldNames, parseContactMessage } from '../../shared/forms/contact.ts';
import type { FieldError, RawFields } from '../../shared/forms/fields.ts';
import { acceptMessage, type MessageOutcome } from '../records/accept-message.ts';
import type { AppContext, AppEnv } from '../web/context.ts';
import { spamReason } from '../records/spam-check.ts';
import { customerPath, type Intent, readIntent } from '../signing/links.ts';
import { wakeDeliveries } from '../records/wake-delivery.ts';
import {
  answerProblem,
  problemJson,
  problems,
  setProblemHeaders,
  wantsHtml,
} from '../web/problems.ts';
import { readFields } from '../web/read-fields.ts';
import { answerContactPage } from './page.ts';

const DIFFERS = 'Anh/chị đã gửi một tin nhắn từ trang này. Gửi thêm tin nhắn mới?';
const INVALID = 'Có chỗ chưa đúng. Anh/chị xem lại từng ô được nêu.';

/** `POST /api/contact`: takes a message from the form or a program. Opening the address leads to the form. */
export const contactRoutes = new Hono<AppEnv>();
contactRoutes.get('/', (c) => c.redirect('/lien-he/', 303));
contactRoutes.post('/', async (c) => {
  const read = await readFields(c.req.raw, contactFieldNames);
  if (!read.ok) return answerProblem(c, problems[read.reason]);
  const raw = read.fields;
  const signing = { keys: c.var.linkKeys, now: c.var.now };
  const intent = await readIntent(signing, 'contact', raw['intent'] ?? '');
  const parsed = parseContactMessage(raw);
  if (!parsed.ok) return answerInvalid(c, { raw, intent }, parsed.errors);
  const outcome = await acceptMessage(c.env, {
    message: parsed.message,
    intent: intent?.nonce ?? null,
    holdReason: spamReason(raw, parsed.message.message, { intent, now: c.var.now }),
    now: c.var.now,
  });
  return answerOutcome(c, outcome, { raw, intent });
});

interface Given {
  raw: RawFields;
  intent: Intent | null;
}

async function answerOutcome(
  c: AppContext,
  outcome: MessageOutcome,
  given: Given,
): Promise<Response> {
  switch (outcome.outcome) {
    case 'accepted':
    case 'same': {
      wakeDeliveries(c, outcome.deliveryIds);
      const statusUrl = await customerPath(c.var.linkKeys, outcome.record);
      c.header('Cache-Control', 'private, no-store');
      if (wantsHtml(c)) return c.redirect(statusUrl, 303);
      const body = { code: outcome.record.code, status: 'open', statusUrl };
      return c.json(body, outcome.outcome === 'accepted' ? 201 : 200);
    }
    case 'differs':
      if (wantsHtml(c)) return answerForm(c, given, { status: 409, notice: DIFFERS });
      return problemJson(c, { status: 409, title: 'Chưa nhận được tin', detail: DIFFERS });
    case 'unavailable':
      if (!wantsHtml(c)) return problemJson(c, problems.unavailable);
      setProblemHeaders(c, problems.unavailable);
      return answerForm(c, given, { status: 503, notice: problems.unavailable.detail });
  }
}

function answerInvalid(
  c: AppContext,
  given: Given,
  errors: FieldError[],
): Promise<Response> | Response {
  if (wantsHtml(c)) return answerForm(c, given, { status: 422, errors });
  return problemJson(c, { status: 422, title: 'Thông tin chưa đủ', detail: INVALID }, { errors });
}

function answerForm(
  c: AppContext,
  { raw, intent }: Given,
  view: Omit<Parameters<typeof answerContactPage>[1], 'values' | 'firstAt'>,
): Promise<Response> {
  return answerContactPage(c, {
    ...view,
    values: raw,
    ...(intent === null ? {} : { firstAt: intent.firstAt }),
  });
}
