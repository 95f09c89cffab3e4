import { Hono } from 'hono';
import {
  type BookingRequest,
  bookingFieldNames,
  parseBookingRequest,
  serviceFieldNames,
} from '../../shared/forms/booking.ts';
import { bookingRules } from '../../shared/content/catalogue.ts';
import { takeBooking } from '../records/accept-booking.ts';
import { formSpamReason, textSpamReason } from '../records/spam-check.ts';
import { answerRefusal, answerTaken, takeSubmission, viewOf } from '../records/submission.ts';
import { findAlternatives } from '../time-windows/alternatives.ts';
import type { AppEnv } from '../web/context.ts';
import { networkOf } from '../web/guard.ts';
import { answerBookingPage } from './page.ts';

const FULL = 'Khung giờ này vừa hết chỗ. Anh/chị chọn một khung giờ khác.';
const ALL_FULL =
  'Khung giờ này vừa hết chỗ, và lịch đang mở không còn khung giờ nào trống cho việc này. Anh/chị gọi để chúng tôi tìm giờ.';

/** `POST /api/bookings`: takes a booking request from the form or a program. GET redirects to the form. */
export const bookingRoutes = new Hono<AppEnv>()
  .get('/', (c) => c.redirect('/dat-lich/', 303))
  .post('/', (c) =>
    takeSubmission<BookingRequest>(c, {
      name: 'booking',
      fieldNames: [...bookingFieldNames, ...serviceFieldNames],
      parse: parseBookingRequest,
      accept: (request, { raw, intent }) =>
        takeBooking(c.env, bookingRules, {
          request,
          origin: 'web',
          // Two fields for day and window get their own errors; a radio `slot` gets them at the list of windows.
          startField: raw['slot'] === undefined ? undefined : 'window',
          intent: intent?.nonce ?? null,
          holdReason: textSpamReason(raw, request.note ?? '') ?? formSpamReason(intent, c.var.now),
          network: networkOf(c),
          now: c.var.now,
        }),
      differs: 'Anh/chị đã gửi một yêu cầu từ trang này. Gửi thêm yêu cầu mới?',
      describeFull: async (request) => {
        const alternatives = await findAlternatives(c.env.DB, request, {
          rules: bookingRules,
          now: c.var.now,
        });
        return { notice: alternatives.length > 0 ? FULL : ALL_FULL, alternatives };
      },
      answerTaken: (taken) => answerTaken(c, taken, 'requested'),
      answerRefused: (refusal, sent) =>
        answerRefusal(c, refusal, {
          title: 'Chưa nhận được yêu cầu',
          answerForm: () => answerBookingPage(c, viewOf(sent, refusal)),
        }),
    }),
  );
