import { listEvents, findNewest } from '../store/events.ts';
import type { AppContext } from '../web/context.ts';
import { answerPage } from '../web/pages.ts';
import { describeBooking } from '../wording/booking.ts';
import { standingName } from '../wording/customer.ts';
import type { OpenedBooking } from './access.ts';

/** The page of a link that a booking's sender handed on: state, day, window and ward, and nothing to press. */
export async function answerView(
  c: AppContext,
  { booking }: OpenedBooking,
  status: 200 | 403 = 200,
): Promise<Response> {
  const last = findNewest(await listEvents(c.env.DB, booking.id));
  const { ward, day, hours } = describeBooking(booking);
  return answerPage(c, {
    path: '/khung/xem/',
    status,
    keeping: 'personal',
    data: {
      ...{ ward, day, hours },
      state: booking.state === 'held' ? 'requested' : booking.state,
      stateName: standingName(booking, last, c.var.now),
    },
  });
}
