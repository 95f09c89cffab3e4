import { Hono } from 'hono';
import { refuseStart } from '../../shared/jobs/availability.ts';
import {
  type BookingRequest,
  bookingFieldNames,
  parseBookingRequest,
} from '../../shared/forms/booking.ts';
import { bookingRules, findService } from '../../shared/content/catalogue.ts';
import type { FieldError, RawFields } from '../../shared/forms/fields.ts';
import {
  acceptBooking,
  type BookingOutcome,
  type BookingSubmission,
  findSameBooking,
} from '../records/accept-booking.ts';
import { type Alternative, findAlternatives } from '../time-windows/alternatives.ts';
import { answerBookingPage } from './page.ts';
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

const DIFFERS = 'Anh/chị đã gửi một yêu cầu từ trang này. Gửi thêm yêu cầu mới?';
const FULL = 'Khung giờ này vừa hết chỗ. Anh/chị chọn một khung giờ khác.';
const ALL_FULL =
  'Khung giờ này vừa hết chỗ, và lịch đang mở không còn khung giờ nào trống cho việc này. Anh/chị gọi để chúng tôi tìm giờ.';
const INVALID = 'Có chỗ chưa đúng. Anh/chị xem lại từng ô được nêu.';

/** `POST /api/bookings`: takes a booking request from the form or a program. Opening the address leads to the form. */
export const bookingRoutes = new Hono<AppEnv>();
bookingRoutes.get('/', (c) => c.redirect('/dat-lich/', 303));
bookingRoutes.post('/', async (c) => {
  const read = await readFields(c.req.raw, bookingFieldNames);
  if (!read.ok) return answerProblem(c, problems[read.reason]);
  const raw = read.fields;
  const signing = { keys: c.var.linkKeys, now: c.var.now };
  const intent = await readIntent(signing, 'booking', raw['intent'] ?? '');
  const parsed = parseBookingRequest(raw);
  if (!parsed.ok) return answerInvalid(c, { raw, intent, errors: parsed.errors });
  const errors = checkStart(c, raw, parsed.request);
  const submission: BookingSubmission = {
    request: parsed.request,
    origin: 'web',
    intent: intent?.nonce ?? null,
    holdReason: spamReason(raw, parsed.request.note ?? '', { intent, now: c.var.now }),
    now: c.var.now,
  };
  // What was accepted stays so: a start that has come too near for a new request may be the first one's.
  const outcome = await (errors.length > 0 ? findSameBooking : acceptBooking)(c.env, submission);
  if (outcome === null) return answerInvalid(c, { raw, intent, errors });
  return answerOutcome(c, outcome, { raw, intent, request: parsed.request });
});

interface Given {
  raw: RawFields;
  intent: Intent | null;
}

function checkStart(c: AppContext, raw: RawFields, request: BookingRequest): FieldError[] {
  const service = findService(request.service);
  if (service === undefined) return [];
  const refusal = refuseStart({ rules: bookingRules, service, now: c.var.now }, request);
  if (refusal === null) return [];
  return [raw['slot'] === undefined ? refusal : { ...refusal, field: 'window' }];
}

async function answerOutcome(
  c: AppContext,
  outcome: BookingOutcome,
  given: Given & { request: BookingRequest },
): Promise<Response> {
  switch (outcome.outcome) {
    case 'accepted':
    case 'same':
      wakeDeliveries(c, outcome.deliveryIds);
      return answerAccepted(c, outcome);
    case 'differs':
      return answerConflict(c, given, { notice: DIFFERS });
    case 'full':
      return answerFull(c, given);
    case 'unavailable':
      if (!wantsHtml(c)) return problemJson(c, problems.unavailable);
      setProblemHeaders(c, problems.unavailable);
      return answerForm(c, given, { status: 503, notice: problems.unavailable.detail });
  }
}

async function answerAccepted(
  c: AppContext,
  outcome: { outcome: 'accepted' | 'same'; record: { id: string; code: string } },
): Promise<Response> {
  const statusUrl = await customerPath(c.var.linkKeys, outcome.record);
  c.header('Cache-Control', 'private, no-store');
  if (wantsHtml(c)) return c.redirect(statusUrl, 303);
  const body = { code: outcome.record.code, status: 'requested', statusUrl };
  return c.json(body, outcome.outcome === 'accepted' ? 201 : 200);
}

async function answerFull(
  c: AppContext,
  given: Given & { request: BookingRequest },
): Promise<Response> {
  const { service: id, date } = given.request;
  const service = findService(id);
  const alternatives =
    service === undefined ? [] : await findAlternatives(c.env.DB, { service, date }, c.var.now);
  const notice = alternatives.length > 0 ? FULL : ALL_FULL;
  return answerConflict(c, given, { notice, alternatives });
}

function answerConflict(
  c: AppContext,
  given: Given,
  conflict: { notice: string; alternatives?: Alternative[] },
): Promise<Response> | Response {
  const { notice, alternatives } = conflict;
  if (wantsHtml(c)) return answerForm(c, given, { status: 409, ...conflict });
  return problemJson(
    c,
    { status: 409, title: 'Chưa nhận được yêu cầu', detail: notice },
    alternatives === undefined ? {} : { alternatives },
  );
}

function answerInvalid(
  c: AppContext,
  given: Given & { errors: FieldError[] },
): Promise<Response> | Response {
  const { errors } = given;
  if (wantsHtml(c)) return answerForm(c, given, { status: 422, errors });
  return problemJson(c, { status: 422, title: 'Thông tin chưa đủ', detail: INVALID }, { errors });
}

function answerForm(
  c: AppContext,
  { raw, intent }: Given,
  view: Omit<Parameters<typeof answerBookingPage>[1], 'values' | 'firstAt'>,
): Promise<Response> {
  return answerBookingPage(c, {
    ...view,
    values: raw,
    ...(intent === null ? {} : { firstAt: intent.firstAt }),
  });
}
