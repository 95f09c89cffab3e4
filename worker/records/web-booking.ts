import { bookingRules } from '../../shared/content/catalogue.ts';
import type { BookingRequest } from '../../shared/forms/booking.ts';
import type { RawFields } from '../../shared/forms/fields.ts';
import { findAlternatives } from '../time-windows/alternatives.ts';
import type { AppContext } from '../web/context.ts';
import type { FormView } from '../web/form-view.ts';
import { customerPath } from '../signing/links.ts';
import { findPlanOf } from '../store/plans.ts';
import { networkOf } from '../web/guard.ts';
import { wantsHtml } from '../web/problems.ts';
import { type BookingSubmission, takeBooking } from './accept-booking.ts';
import { formSpamReason, textSpamReason } from './spam-check.ts';
import {
  answerRefusal,
  answerTaken,
  type SubmissionForm,
  takeSubmission,
  viewOf,
} from './submission.ts';

const FULL = 'Khung giờ này vừa hết chỗ. Anh/chị chọn một khung giờ khác.';
const ALL_FULL =
  'Khung giờ này vừa hết chỗ, và lịch đang mở không còn khung giờ nào trống cho việc này. Anh/chị gọi để chúng tôi tìm giờ.';

/** What is specific to one of the forms by which people book on the site. */
interface WebBookingForm
  extends
    Pick<SubmissionForm<BookingRequest>, 'fieldNames' | 'parse'>,
    Pick<BookingSubmission, 'previous'> {
  /** The field that gets errors of the start; undefined where day and window are fields of their own. */
  startField: (raw: RawFields) => 'window' | undefined;
  answerForm: (view: FormView) => Promise<Response>;
}

/** Takes a booking request that its customer sent. */
export function takeWebBooking(
  c: AppContext,
  { fieldNames, parse, previous, startField, answerForm }: WebBookingForm,
): Promise<Response> {
  const { now } = c.var;
  return takeSubmission<BookingRequest>(c, {
    name: 'booking',
    fieldNames,
    parse,
    accept: (request, { raw, intent }) =>
      takeBooking(c.env, bookingRules, {
        request,
        origin: 'web',
        previous,
        startField: startField(raw),
        intent: intent?.nonce ?? null,
        holdReason: textSpamReason(raw, request.note ?? '') ?? formSpamReason(intent, now),
        network: networkOf(c),
        now,
      }),
    differs: () => 'Anh/chị đã gửi một yêu cầu từ trang này. Gửi thêm yêu cầu mới?',
    describeFull: async (request) => {
      const alternatives = await findAlternatives(c.env.DB, request, { rules: bookingRules, now });
      return { notice: alternatives.length > 0 ? FULL : ALL_FULL, alternatives };
    },
    answerTaken: async (taken, request) =>
      answerTaken(c, taken, {
        status: 'requested',
        plan: request.repeat === null || wantsHtml(c) ? null : await linkPlan(c, taken.record.id),
      }),
    answerRefused: (refusal, sent) =>
      answerRefusal(c, refusal, {
        title: 'Chưa nhận được yêu cầu',
        answerForm: () => answerForm(viewOf(sent, refusal)),
      }),
  });
}

/** The code of a booking's plan and the address of its page, as a program gets them. */
async function linkPlan(
  c: AppContext,
  bookingId: string,
): Promise<{ code: string; statusUrl: string } | null> {
  const plan = await findPlanOf(c.env.DB, bookingId);
  if (plan === null) return null;
  return { code: plan.code, statusUrl: await customerPath(c.var.linkKeys, plan) };
}
