import type { FieldError, RawFields } from '../../shared/forms/fields.ts';
import { customerPath, type Intent, type IntentForm, readIntent } from '../signing/links.ts';
import type { AppContext } from '../web/context.ts';
import type { FormView } from '../web/form-view.ts';
import {
  answerProblem,
  problemJson,
  problems,
  setProblemHeaders,
  wantsHtml,
} from '../web/problems.ts';
import { readFields } from '../web/read-fields.ts';
import type { SubmissionOutcome } from './accept.ts';
import { wakeDeliveries } from './wake-delivery.ts';

const INVALID = 'Có chỗ chưa đúng. Anh/chị xem lại từng ô được nêu.';

/** What a form sent: its known fields as text, and its intent, null where none counts. */
export interface SentForm {
  raw: RawFields;
  intent: Intent | null;
}

/** Why a submission was not taken, as its form is given back. */
export type Refusal = Pick<FormView, 'errors' | 'notice' | 'alternatives'> & {
  status: 409 | 422 | 503;
};

/** A submission that was taken, now or before. */
export type Taken = Extract<SubmissionOutcome, { record: object }>;

/** What one of the forms that submit a record has of its own. */
export interface SubmissionForm<Request> {
  name: IntentForm;
  fieldNames: readonly string[];
  /** An answer that needs no valid fields, such as to a button that asks for other windows; null goes on. */
  answerEarly?: (sent: SentForm) => Promise<Response | null>;
  parse: (
    raw: RawFields,
  ) => { ok: true; request: Request } | { ok: false; errors: readonly FieldError[] };
  /** Stores the request, or says which fields the calendar does not allow. */
  accept: (
    request: Request,
    sent: SentForm,
  ) => Promise<SubmissionOutcome | { errors: readonly FieldError[] }>;
  /** What is said where the form's intent was used for something else. */
  differs: string;
  /** What is said and offered where no seat is left; forms without seats have none. */
  describeFull?: (request: Request) => Promise<Pick<Refusal, 'notice' | 'alternatives'>>;
  answerTaken: (taken: Taken, request: Request, sent: SentForm) => Promise<Response> | Response;
  answerRefused: (refusal: Refusal, sent: SentForm) => Promise<Response> | Response;
}

/** Takes a submission from its body to its answer: read, intent, fields, database, then page or problem. */
export async function takeSubmission<Request>(
  c: AppContext,
  form: SubmissionForm<Request>,
): Promise<Response> {
  const read = await readFields(c.req.raw, form.fieldNames);
  if (!read.ok) return answerProblem(c, problems[read.reason]);
  const raw = read.fields;
  const signing = { keys: c.var.linkKeys, now: c.var.now };
  const sent = { raw, intent: await readIntent(signing, form.name, raw['intent'] ?? '') };
  const early = await form.answerEarly?.(sent);
  if (early) return early;
  const parsed = form.parse(raw);
  if (!parsed.ok) return form.answerRefused({ status: 422, errors: parsed.errors }, sent);
  const outcome = await form.accept(parsed.request, sent);
  if ('errors' in outcome) return form.answerRefused({ status: 422, ...outcome }, sent);
  if (!('record' in outcome)) {
    return form.answerRefused(await describeRefusal(form, outcome.outcome, parsed.request), sent);
  }
  wakeDeliveries(c, outcome.deliveryIds);
  return form.answerTaken(outcome, parsed.request, sent);
}

async function describeRefusal<Request>(
  form: SubmissionForm<Request>,
  outcome: 'differs' | 'full' | 'unavailable',
  request: Request,
): Promise<Refusal> {
  if (outcome === 'differs') return { status: 409, notice: form.differs };
  if (outcome === 'unavailable') return { status: 503, notice: problems.unavailable.detail };
  return { status: 409, ...(await form.describeFull?.(request)) };
}

/** Leads a browser to its sender's page, and tells a program where that is. */
export async function answerTaken(
  c: AppContext,
  { outcome, record }: Taken,
  status: 'requested' | 'open',
): Promise<Response> {
  const statusUrl = await customerPath(c.var.linkKeys, record);
  c.header('Cache-Control', 'private, no-store');
  if (wantsHtml(c)) return c.redirect(statusUrl, 303);
  return c.json({ code: record.code, status, statusUrl }, outcome === 'accepted' ? 201 : 200);
}

/** Gives a browser its form back, and tells a program what is wrong. */
export function answerRefusal(
  c: AppContext,
  refusal: Refusal,
  { title, answerForm }: { title: string; answerForm: () => Promise<Response> },
): Promise<Response> | Response {
  const { status, notice = '', errors, alternatives } = refusal;
  if (wantsHtml(c)) {
    if (status === 503) setProblemHeaders(c, problems.unavailable);
    return answerForm();
  }
  if (status === 503) return problemJson(c, problems.unavailable);
  if (status === 422) {
    return problemJson(c, { status, title: 'Thông tin chưa đủ', detail: INVALID }, { errors });
  }
  const extra = alternatives === undefined ? {} : { alternatives };
  return problemJson(c, { status, title, detail: notice }, extra);
}

/** A form that is given back, with everything that was typed and when it was first given out. */
export function viewOf({ raw, intent }: SentForm, refusal: Partial<Refusal> = {}): FormView {
  return { ...refusal, values: raw, ...(intent === null ? {} : { firstAt: intent.firstAt }) };
}
