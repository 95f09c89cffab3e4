import type { FieldError, RawFields } from '../../shared/forms/fields.ts';
import { isLanguage, type Language } from '../../shared/languages.ts';
import { customerPath, type Intent, type IntentForm, readIntent } from '../signing/links.ts';
import type { AppContext } from '../web/context.ts';
import { showToSender } from '../web/details-cookie.ts';
import type { FormView } from '../web/form-view.ts';
import {
  answerUnread,
  inLanguage,
  type Problem,
  problemJson,
  problems,
  setProblemHeaders,
  wantsHtml,
} from '../web/problems.ts';
import { readFields } from '../web/read-fields.ts';
import type { SubmissionOutcome } from './accept.ts';
import { wakeDeliveries } from './wake-delivery.ts';

/** What a form says whatever it asks for. */
const formWords: Readonly<
  Record<
    Language,
    { expired: string; expiredIntent: string; incomplete: readonly [title: string, detail: string] }
  >
> = {
  vi: {
    expired: 'Trang này mở đã hơn một ngày nên chưa gửi đi. Anh/chị xem lại rồi bấm gửi lần nữa.',
    expiredIntent: 'Mã của biểu mẫu đã quá hạn. Lấy mã mới rồi gửi lại.',
    incomplete: ['Thông tin chưa đủ', 'Có chỗ chưa đúng. Anh/chị xem lại từng ô được nêu.'],
  },
  en: {
    expired: 'This page was open for more than a day, so nothing was sent. Please send once more.',
    expiredIntent: 'The form has expired. Please fetch a new one, then send again.',
    incomplete: ['Something is missing', 'Please check each field that is named.'],
  },
};

/** What a form sent: its known fields as text, and its intent, null where that is missing or not valid. */
export interface SentForm {
  raw: RawFields;
  intent: Intent | null;
}

/** Why a submission was not accepted, as its form shows it. */
export type Refusal = Pick<FormView, 'errors' | 'notice' | 'alternatives'> & {
  status: 200 | 409 | 422 | 503;
  /** What failed, where the status is 503. */
  problem?: Problem;
};

/** The outcome of a submission that is stored, by this request or by the one it repeats. */
export type Taken = Extract<SubmissionOutcome, { record: object }>;

/** What is specific to one of the forms that submit a record. */
export interface SubmissionForm<Request> {
  name: IntentForm;
  fieldNames: readonly string[];
  /** An answer before the fields are checked, such as to the button that shows other windows; null to continue. */
  answerEarly?: (sent: SentForm) => Promise<Response | null>;
  parse: (
    raw: RawFields,
  ) => { ok: true; request: Request } | { ok: false; errors: readonly FieldError[] };
  /** Stores the request, or returns errors where the calendar does not allow its start. */
  accept: (
    request: Request,
    sent: SentForm,
  ) => Promise<SubmissionOutcome | { errors: readonly FieldError[] }>;
  /** The notice where the form's intent was already used for other content. */
  differs: (language: Language) => string;
  /** The notice and alternatives where no seat is left. Absent for forms that take no seats. */
  describeFull?: (request: Request) => Promise<Pick<Refusal, 'notice' | 'alternatives'>>;
  answerTaken: (taken: Taken, request: Request, sent: SentForm) => Promise<Response> | Response;
  answerRefused: (refusal: Refusal, sent: SentForm) => Promise<Response> | Response;
}

/** Handles a submission: reads the body, checks intent and fields, stores the record, answers with a page or a problem. */
export async function takeSubmission<Request>(
  c: AppContext,
  form: SubmissionForm<Request>,
): Promise<Response> {
  const read = await readFields(c.req.raw, form.fieldNames);
  if (!read.ok) return answerUnread(c, read);
  const raw = read.fields;
  if (isLanguage(raw['lang'])) c.set('language', raw['lang']);
  const signing = { keys: c.var.linkKeys, now: c.var.now };
  const sent = { raw, intent: await readIntent(signing, form.name, raw['intent'] ?? '') };
  const early = await form.answerEarly?.(sent);
  if (early) return early;
  const parsed = form.parse(raw);
  if (!parsed.ok) return form.answerRefused({ status: 422, errors: parsed.errors }, sent);
  if (sent.intent?.isExpired === true) return form.answerRefused(refuseExpired(c), sent);
  const outcome = await form.accept(parsed.request, sent);
  if ('cleanup' in outcome && outcome.cleanup) c.executionCtx.waitUntil(outcome.cleanup);
  if ('errors' in outcome) return form.answerRefused({ status: 422, ...outcome }, sent);
  if (!('record' in outcome)) {
    return form.answerRefused(
      await describeRefusal(c, form, { ...outcome, request: parsed.request }),
      sent,
    );
  }
  wakeDeliveries(c, outcome.deliveryIds);
  return form.answerTaken(outcome, parsed.request, sent);
}

/** A browser gets the form with a new intent, to be sent by one press; a program has to fetch one. */
function refuseExpired(c: AppContext): Refusal {
  const { expired, expiredIntent } = formWords[c.var.language];
  return wantsHtml(c)
    ? { status: 200, notice: expired }
    : { status: 422, errors: [{ field: 'intent', message: expiredIntent }] };
}

async function describeRefusal<Request>(
  c: AppContext,
  form: SubmissionForm<Request>,
  {
    outcome,
    request,
  }: { outcome: 'differs' | 'full' | 'unavailable' | 'uncertain'; request: Request },
): Promise<Refusal> {
  if (outcome === 'differs') return { status: 409, notice: form.differs(c.var.language) };
  if (outcome !== 'full') {
    const problem = problems[outcome];
    return { status: 503, notice: inLanguage(c, problem).detail, problem };
  }
  return { status: 409, ...(await form.describeFull?.(request)) };
}

/** Redirects a browser to the sender's page, which then shows all that was sent, and answers a program with the page's address. */
export async function answerTaken(
  c: AppContext,
  { outcome, record }: Taken,
  answer: { status: 'requested' | 'open'; plan?: { code: string; statusUrl: string } | null },
): Promise<Response> {
  const statusUrl = await customerPath(c.var.linkKeys, record);
  c.header('Cache-Control', 'private, no-store');
  if (wantsHtml(c)) {
    await showToSender(c, record);
    return c.redirect(statusUrl, 303);
  }
  const { status, ...rest } = answer;
  return c.json(
    { code: record.code, status, statusUrl, ...rest },
    outcome === 'accepted' ? 201 : 200,
  );
}

/** Shows a browser the form again, and answers a program with problem details. */
export function answerRefusal(
  c: AppContext,
  refusal: Refusal,
  { title, answerForm }: { title: string; answerForm: () => Promise<Response> },
): Promise<Response> | Response {
  const { status, notice = '', errors, alternatives, problem } = refusal;
  if (wantsHtml(c)) {
    if (problem !== undefined) setProblemHeaders(c, problem);
    return answerForm();
  }
  if (problem !== undefined) return problemJson(c, problem);
  if (status === 422) {
    const [missing, detail] = formWords[c.var.language].incomplete;
    return problemJson(c, { status, title: missing, detail }, { errors });
  }
  const extra = alternatives === undefined ? {} : { alternatives };
  return problemJson(c, { status, title, detail: notice }, extra);
}

/**
 * The form to show again, with everything that was typed and the time when it was first shown. After a failure it keeps its
 * intent too, by which a request that was stored all the same is known again.
 */
export function viewOf({ raw, intent }: SentForm, refusal: Partial<Refusal> = {}): FormView {
  const { problem, ...shown } = refusal;
  if (intent === null) return { ...shown, values: raw };
  const kept = problem === undefined ? {} : { intent: raw['intent'] };
  return { ...shown, ...kept, values: raw, firstAt: intent.firstAt };
}
