import { Hono } from 'hono';
import {
  bookingFieldNames,
  parseBookingRequest,
  serviceFieldNames,
} from '../../shared/forms/booking.ts';
import { takeWebBooking } from '../records/web-booking.ts';
import type { AppEnv } from '../web/context.ts';
import { answerBookingPage } from './page.ts';

/** `POST /api/bookings`: takes a booking request from the form or a program. GET redirects to the form. */
export const bookingRoutes = new Hono<AppEnv>()
  .get('/', (c) => c.redirect('/dat-lich/', 303))
  .post('/', (c) =>
    takeWebBooking(c, {
      fieldNames: [...bookingFieldNames, ...serviceFieldNames],
      parse: parseBookingRequest,
      // Two fields for day and window get their own errors; a radio `slot` gets them at the list of windows.
      startField: (raw) => (raw['slot'] === undefined ? undefined : 'window'),
      answerForm: (view) => answerBookingPage(c, view),
    }),
  );
