import type { BookingRules } from '../../shared/content/booking-rules.ts';
import { measureVisit } from '../../shared/jobs/visit.ts';
import { formatDate, isCalendarDate } from '../../shared/time.ts';
import type { Booking } from '../store/bookings.ts';
import { describeWindow, readWindowPage } from './window-page.ts';

export interface ChoiceQuestion {
  booking: Booking;
  rules: BookingRules;
  /** First day to show as asked for in the address; anything else is today. */
  from: string | undefined;
  now: Date;
  /** The page's own address with the day in it. */
  hrefOf: (from: string) => string;
}

/** The windows with a free seat to reschedule a booking to, seven days at a time. The booking's own seats count as free. */
export async function listWindowChoices(db: D1Database, ask: ChoiceQuestion) {
  const { booking, rules, now } = ask;
  const visit = measureVisit(booking);
  if (visit === undefined) return { days: [], moreHref: null, earlierHref: null };
  const page = await readWindowPage(
    db,
    { rules, visit, now },
    { from: ask.from, exceptBookingId: booking.id },
  );
  return {
    days: page.days
      .map(({ date, windows }) => ({
        label: formatDate(date),
        windows: windows
          .filter(({ seatsLeft }) => seatsLeft > 0)
          .filter(({ id }) => date !== booking.visitDate || id !== booking.window)
          .map((window) => describeWindow(date, window)),
      }))
      .filter(({ windows }) => windows.length > 0),
    moreHref: page.later === null ? null : ask.hrefOf(page.later),
    earlierHref: page.earlier === null ? null : ask.hrefOf(page.earlier),
  };
}

/** The date and window of a radio's value `<date>/<window>`; null where none was chosen. */
export function readSlot(slot: string | undefined): { date: string; window: string } | null {
  const [date = '', window = '', ...rest] = (slot ?? '').split('/');
  return isCalendarDate(date) && window !== '' && rest.length === 0 ? { date, window } : null;
}
