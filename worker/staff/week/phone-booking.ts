import {
  type BookingRequest,
  bookingFieldNames,
  parseBookingRequest,
  serviceFieldNames,
} from '../../../shared/forms/booking.ts';
import type { BookingRules } from '../../../shared/content/booking-rules.ts';
import { bookingRules } from '../../../shared/content/catalogue.ts';
import type { VisitKind } from '../../../shared/content/services.ts';
import type { FieldError, RawFields } from '../../../shared/forms/fields.ts';
import { daysBetween } from '../../../shared/time.ts';
import { takeBooking } from '../../records/accept-booking.ts';
import { followNow } from '../../records/follow-now.ts';
import { findPlanOf } from '../../store/plans.ts';
import { outcomeNotices } from '../../wording/outcomes.ts';
import { findAlternatives } from '../../time-windows/alternatives.ts';
import { formWindowsData, toControls } from '../../time-windows/form-windows.ts';
import type { AppContext } from '../../web/context.ts';
import { issueIntent } from '../../signing/links.ts';
import { isWeekActionToken, issueWeekActionToken } from '../../signing/staff-links.ts';
import { answerPage } from '../../web/pages.ts';
import { setProblemHeaders } from '../../web/problems.ts';
import { readFrom, WEEK_DAYS, weekHref } from './page.ts';
import { errorData, type FormView } from '../../web/form-view.ts';
import { type Taken, takeSubmission, viewOf } from '../../records/submission.ts';

/**
 * The booking form's fields without the honeypot; the page's `token`; `week`, the first day of the week to return to;
 * `from`, the first day of the windows to show; `agreed`, `no` where the visit still has to be confirmed.
 */
const FIELDS = [
  ...bookingFieldNames.filter((name) => name !== 'website'),
  ...serviceFieldNames,
  ...['token', 'week', 'from', 'agreed'],
];

const FULL = 'Khung giờ này hết chỗ. Chọn một khung giờ khác.';
const ALL_FULL =
  'Khung giờ này hết chỗ, và lịch đang mở không còn khung giờ nào trống cho việc này.';

/** The customers' rules without the lead time: on the phone staff may agree on the next start. */
const phoneRules: BookingRules = { ...bookingRules, leadHours: 0 };

/** Where the form to book for somebody stands, and what it is for. */
export interface PhoneFormPlace {
  self: string;
  title: string;
  /** What the visit is for where staff and customer agreed on it; else the services say it. */
  agreed?: VisitKind;
  /** Id of the record that this one follows from. */
  previous?: string;
  issueToken: () => Promise<string>;
  isToken: (token: string) => Promise<boolean>;
  /** Where to return to without booking. */
  backHref: (values: RawFields) => string;
  answerTaken: (taken: Taken, request: BookingRequest, raw: RawFields) => Promise<string> | string;
}

/** The week's form to book for a caller. */
export function weekFormPlace(c: AppContext, weekToken: string): PhoneFormPlace {
  const { now, staffSigning } = c.var;
  return {
    self: `/viec/lich/${weekToken}/them/`,
    title: 'Thêm khách gọi điện',
    issueToken: () => issueWeekActionToken(staffSigning, weekToken),
    isToken: (token) => isWeekActionToken(staffSigning, token, weekToken),
    backHref: ({ week, from }) => weekHref(weekToken, readFrom(week ?? from, now)),
    answerTaken: ({ outcome, record }, { date }, raw) => {
      const week = readFrom(raw['week'], now);
      const ahead = daysBetween(week, date);
      const from = ahead >= 0 && ahead < WEEK_DAYS ? week : date;
      const query = `&xong=${outcome === 'accepted' ? 'them' : 'them-roi'}&don=${record.code}`;
      return `${weekHref(weekToken, from)}${query}&phan=ngay-${date}`;
    },
  };
}

/** The form to book for a caller. Its address can prefill the service, the first day of the windows and the week. */
export function openPhoneForm(c: AppContext, weekToken: string): Promise<Response> {
  const { service, from, week } = c.req.query();
  const values = Object.entries({ service, from, week }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const place = weekFormPlace(c, weekToken);
  return answerPhoneForm(c, place, { values: Object.fromEntries(values) });
}

/** Stores a booking that staff write down, by the same insert and for the same seats as a booking from the site. */
export function takePhoneBooking(c: AppContext, place: PhoneFormPlace): Promise<Response> {
  const { now } = c.var;
  return takeSubmission<BookingRequest>(c, {
    name: 'phone-booking',
    fieldNames: FIELDS,
    answerEarly: async (sent) => {
      if (sent.raw['from'] !== undefined) return answerPhoneForm(c, place, viewOf(sent));
      const token = sent.raw['token'] ?? '';
      return (await place.isToken(token))
        ? null
        : answerPhoneForm(c, place, { ...viewOf(sent), ...outcomeNotices.expired });
    },
    parse: (raw) => {
      const parsed = parseBookingRequest(raw, place.agreed);
      return parsed.ok ? parsed : { ...parsed, errors: parsed.errors.map(askOnThePhone) };
    },
    accept: (request, { intent, raw }) =>
      takeBooking(c.env, phoneRules, {
        request,
        origin: 'phone',
        ...(place.previous === undefined ? {} : { previous: place.previous }),
        isConfirmed: raw['agreed'] !== 'no',
        startField: 'window',
        intent: intent?.nonce ?? null,
        holdReason: null,
        network: null,
        now,
      }),
    differs: () => 'Biểu mẫu này đã ghi một khách rồi. Ghi thêm khách mới?',
    describeFull: async (request) => {
      const alternatives = await findAlternatives(c.env.DB, request, { rules: phoneRules, now });
      return { notice: alternatives.length > 0 ? FULL : ALL_FULL, alternatives };
    },
    answerTaken: async (taken, request, { raw }) => {
      if (request.repeat !== null) await followFirst(c, taken);
      return c.redirect(await place.answerTaken(taken, request, raw), 303);
    },
    answerRefused: (refusal, sent) => {
      if (refusal.problem !== undefined) setProblemHeaders(c, refusal.problem);
      return answerPhoneForm(c, place, viewOf(sent, refusal));
    },
  });
}

/** Makes the visits of a plan that was agreed on with its first one. */
async function followFirst(c: AppContext, { outcome, record }: Taken): Promise<void> {
  const plan = outcome === 'accepted' ? await findPlanOf(c.env.DB, record.id) : null;
  if (plan !== null) await followNow(c, plan.id);
}

/** The customer's consent box is, on this form, a question that staff ask; its error says so. */
function askOnThePhone(error: FieldError): FieldError {
  return error.field === 'consent'
    ? { ...error, message: 'Hỏi khách; khách đồng ý thì chọn dòng này.' }
    : error;
}

export async function answerPhoneForm(
  c: AppContext,
  place: PhoneFormPlace,
  view: FormView,
): Promise<Response> {
  const { linkKeys: keys, now } = c.var;
  const { self, title, agreed } = place;
  const week = readFrom(view.values['week'] ?? view.values['from'], now);
  const errors = errorData(view.errors ?? [], view.notice);
  return answerPage(c, {
    path: '/khung/goi-dien/',
    status: view.status ?? 200,
    keeping: 'personal',
    data: {
      ...errors,
      title: errors.title ?? title,
      heading: title,
      ...(await formWindowsData(c, {
        values: view.values,
        alternatives: view.alternatives ?? [],
        rules: phoneRules,
        ...(agreed === undefined ? {} : { agreed }),
        action: `${self}#window`,
      })),
      notice: view.notice ?? null,
      values: { agreed: 'yes', ...toControls(view.values) },
      intent: view.intent ?? (await issueIntent({ keys, now }, 'phone-booking', view.firstAt)),
      token: await place.issueToken(),
      self,
      week,
      backHref: place.backHref(view.values),
    },
  });
}
