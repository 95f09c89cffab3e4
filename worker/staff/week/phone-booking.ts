import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { refuseStart } from '../../../shared/jobs/availability.ts';
import {
  type BookingRequest,
  bookingFieldNames,
  parseBookingRequest,
} from '../../../shared/forms/booking.ts';
import type { BookingRules } from '../../../shared/content/booking-rules.ts';
import { bookingRules, findService, hotline } from '../../../shared/content/catalogue.ts';
import type { FieldError, RawFields } from '../../../shared/forms/fields.ts';
import { daysBetween } from '../../../shared/time.ts';
import {
  acceptBooking,
  type BookingOutcome,
  type BookingSubmission,
  findSameBooking,
} from '../../records/accept-booking.ts';
import { outcomeNotices } from '../../wording/outcomes.ts';
import { findAlternatives } from '../../time-windows/alternatives.ts';
import { formWindowsData, withSlotField } from '../../time-windows/form-windows.ts';
import type { AppContext } from '../../web/context.ts';
import {
  type Intent,
  issueIntent,
  isWeekActionToken,
  issueWeekActionToken,
  readIntent,
} from '../../signing/links.ts';
import { wakeDeliveries } from '../../records/wake-delivery.ts';
import { answerPage } from '../../web/pages.ts';
import { answerProblem, problems, setProblemHeaders } from '../../web/problems.ts';
import { readFields } from '../../web/read-fields.ts';
import { readFrom, WEEK_DAYS, weekHref } from './page.ts';
import { errorData } from '../../web/form-errors.ts';

/** The booking form's fields besides the honeypot, the token of the page, the first day of the week it came from, and of the windows asked for. */
const FIELDS = [...bookingFieldNames.filter((name) => name !== 'website'), 'token', 'week', 'from'];

const DIFFERS = 'Biểu mẫu này đã ghi một khách rồi. Ghi thêm khách mới?';
const FULL = 'Khung giờ này hết chỗ. Chọn một khung giờ khác.';
const ALL_FULL =
  'Khung giờ này hết chỗ, và lịch đang mở không còn khung giờ nào trống cho việc này.';

/** Someone on the phone may come at the next start: the lead time is for those who nobody speaks with. */
const phoneRules: BookingRules = { ...bookingRules, leadHours: 0 };

/** What the form shows besides windows and tokens. */
interface PhoneView {
  values: RawFields;
  intent?: Intent | null;
  errors?: readonly FieldError[];
  notice?: string;
  alternatives?: readonly { date: string; window: string }[];
  status?: ContentfulStatusCode;
}

/** The form for someone who calls, as a GET asks for it: only service and first day can be given. */
export function openPhoneForm(c: AppContext, weekToken: string): Promise<Response> {
  const { service, from, week } = c.req.query();
  const values = Object.entries({ service, from, week }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return answerPhoneForm(c, weekToken, { values: Object.fromEntries(values) });
}

/** Takes the booking of someone who calls: the same insert as for everyone, under the same guard, for the same seats. */
export async function takePhoneBooking(c: AppContext, weekToken: string): Promise<Response> {
  const read = await readFields(c.req.raw, FIELDS);
  if (!read.ok) return answerProblem(c, problems[read.reason]);
  const values = read.fields;
  const signing = { keys: c.var.linkKeys, now: c.var.now };
  const intent = await readIntent(signing, 'phone-booking', values['intent'] ?? '');
  const give = (view: Omit<PhoneView, 'values' | 'intent'>) =>
    answerPhoneForm(c, weekToken, { values, intent, ...view });
  if (values['from'] !== undefined) return give({});
  if (!(await isWeekActionToken(signing, values['token'] ?? '', weekToken))) {
    return give(outcomeNotices.expired);
  }
  const parsed = parseBookingRequest(values);
  if (!parsed.ok) return give({ errors: parsed.errors.map(askOnThePhone), status: 422 });
  const { request } = parsed;
  const errors = checkStart(c, request);
  const submission: BookingSubmission = {
    request,
    origin: 'phone',
    intent: intent?.nonce ?? null,
    holdReason: null,
    now: c.var.now,
  };
  const outcome = await (errors.length > 0 ? findSameBooking : acceptBooking)(c.env, submission);
  if (outcome === null) return give({ errors, status: 422 });
  if ('record' in outcome) return answerTaken(c, { weekToken, values, request, outcome });
  return give(await describeRefusal(c, request, outcome.outcome));
}

/** The box that a customer ticks is a question that staff ask. */
function askOnThePhone(error: FieldError): FieldError {
  return error.field === 'consent'
    ? { ...error, message: 'Hỏi khách; khách đồng ý thì chọn dòng này.' }
    : error;
}

function checkStart(c: AppContext, request: BookingRequest): FieldError[] {
  const service = findService(request.service);
  if (service === undefined) return [];
  const refusal = refuseStart({ rules: phoneRules, service, now: c.var.now }, request);
  return refusal === null ? [] : [{ ...refusal, field: 'window' }];
}

function answerTaken(
  c: AppContext,
  taken: {
    weekToken: string;
    values: RawFields;
    request: BookingRequest;
    outcome: Extract<BookingOutcome, { deliveryIds: string[] }>;
  },
): Response {
  const { outcome, request } = taken;
  wakeDeliveries(c, outcome.deliveryIds);
  const week = readFrom(taken.values['week'], c.var.now);
  const ahead = daysBetween(week, request.date);
  const from = ahead >= 0 && ahead < WEEK_DAYS ? week : request.date;
  const key = outcome.outcome === 'accepted' ? 'them' : 'them-roi';
  const query = `&xong=${key}&don=${outcome.record.code}#ngay-${request.date}`;
  return c.redirect(`${weekHref(taken.weekToken, from)}${query}`, 303);
}

async function describeRefusal(
  c: AppContext,
  request: BookingRequest,
  outcome: 'differs' | 'full' | 'unavailable',
): Promise<Omit<PhoneView, 'values' | 'intent'>> {
  if (outcome === 'differs') return { status: 409, notice: DIFFERS };
  if (outcome === 'unavailable') {
    setProblemHeaders(c, problems.unavailable);
    return { status: 503, notice: problems.unavailable.detail };
  }
  const service = findService(request.service);
  const wanted = { service, date: request.date, rules: phoneRules };
  const alternatives =
    service === undefined
      ? []
      : await findAlternatives(c.env.DB, { ...wanted, service }, c.var.now);
  return { status: 409, notice: alternatives.length > 0 ? FULL : ALL_FULL, alternatives };
}

async function answerPhoneForm(
  c: AppContext,
  weekToken: string,
  view: PhoneView,
): Promise<Response> {
  const signing = { keys: c.var.linkKeys, now: c.var.now };
  const self = `/viec/lich/${weekToken}/them/`;
  const week = readFrom(view.values['week'] ?? view.values['from'], c.var.now);
  return answerPage(c, {
    path: '/khung/goi-dien/',
    status: view.status ?? 200,
    keeping: 'personal',
    data: {
      title: 'Thêm khách gọi điện',
      ...errorData(view.errors ?? [], view.notice),
      alternatives: [],
      ...(await formWindowsData(c, {
        values: view.values,
        alternatives: view.alternatives ?? [],
        rules: phoneRules,
        action: `${self}#window`,
      })),
      notice: view.notice ?? null,
      values: withSlotField(view.values),
      intent: await issueIntent(signing, 'phone-booking', view.intent?.firstAt),
      token: await issueWeekActionToken(signing, weekToken),
      self,
      week,
      backHref: weekHref(weekToken, week),
      hotline,
    },
  });
}
