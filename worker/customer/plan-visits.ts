import { isLive } from '../../shared/states.ts';
import type { Booking } from '../store/bookings.ts';
import type { AppContext } from '../web/context.ts';
import { describeBooking } from '../wording/booking.ts';
import { bookingStateName } from '../wording/customer.ts';
import { type OpenedLink, pathByLink } from './access.ts';
import { changeDeadline } from './change-window.ts';

/** Whether a visit of a plan is still to come. */
export function isComing(
  { state, visitStartsAt }: Pick<Booking, 'state' | 'visitStartsAt'>,
  now: Date,
): boolean {
  return isLive(state) && visitStartsAt > now;
}

/** The coming visit that its customer may not change without a call any more, or undefined. */
export function findTooNear(visits: readonly Booking[], now: Date): Booking | undefined {
  return visits.find((visit) => isComing(visit, now) && now > changeDeadline(visit));
}

/** The coming visits as rows, each with its page, and with the forms there that move or skip this one. */
export function visitRows(
  c: AppContext,
  { visits, link }: { visits: readonly Booking[]; link: OpenedLink },
) {
  const { now } = c.var;
  return Promise.all(
    visits
      .filter((visit) => isComing(visit, now))
      .map(async (visit) => {
        const href = await pathByLink(c, link, visit);
        const canChange = href !== null && now <= changeDeadline(visit);
        return {
          href,
          label: describeBooking(visit).when,
          state: bookingStateName(visit, undefined),
          moveHref: canChange ? `${href}&doi=reschedule#doi-gio` : null,
          skipHref: canChange ? `${href}&doi=cancel#huy` : null,
        };
      }),
  );
}
