import type { OpenWindow } from '../../shared/jobs/availability.ts';
import type { BookingRules } from '../../shared/content/booking-rules.ts';
import { bookingRules } from '../../shared/content/catalogue.ts';
import { measureVisit, type Visit } from '../../shared/jobs/visit.ts';
import { addDays, isCalendarDate } from '../../shared/time.ts';
import type { Booking } from '../store/bookings.ts';
import type { Plan } from '../store/plans.ts';
import { dayData, spansOf } from './day-data.ts';
import { readWindowPage, type WindowPage } from './window-page.ts';

export interface ChoiceQuestion {
  /** The visit; where it is a stored one, its own seats count as free and its own start is left out. */
  booking: Visit & Partial<Pick<Booking, 'id' | 'visitDate' | 'window'>>;
  rules: BookingRules;
  /** First day to show as asked for in the address; anything else is today. */
  from: string | undefined;
  now: Date;
  /** The page's own address with the day in it. */
  hrefOf: (from: string) => string;
}

/** The days to move a visit to, as the booking form offers them; `chosen` is the day whose windows are open, or the next one. */
export async function listDayChoices(
  db: D1Database,
  { chosen, ...ask }: ChoiceQuestion & { chosen: string | undefined },
) {
  const page = await readChoices(db, { ...ask, from: ask.from ?? chosen });
  if (page === null) return noDays;
  const days = page.days.map((day) => dayData(day, true));
  const shown = days.find(({ date }) => date >= (chosen ?? '')) ?? days.at(-1);
  return {
    days,
    shownDay: shown?.date ?? null,
    spans: spansOf(page).map(({ from, label }) => ({ href: ask.hrefOf(from), label })),
  };
}

/** Days before one without a visit from which others are offered. */
const DAYS_BEFORE = 3;

/** The days near one of a plan that has no visit. */
export function listChoicesNear(
  db: D1Database,
  {
    plan,
    date,
    slot,
    ...ask
  }: Omit<ChoiceQuestion, 'booking' | 'rules'> & {
    plan: Pick<Plan, 'visit' | 'services'>;
    date: string;
    /** The window that was chosen before. */
    slot: string | undefined;
  },
) {
  const { visit, services } = plan;
  return listDayChoices(db, {
    ...ask,
    booking: { visit, services },
    rules: bookingRules,
    from: ask.from ?? addDays(date, -DAYS_BEFORE),
    chosen: readSlot(slot)?.date ?? date,
  });
}

/** Where a booking cannot be rescheduled. */
export const noDays = { days: [], shownDay: null, spans: [] };

/** Days that have a free window besides the booking's own, whose seats count as free; null where the visit has no length. */
async function readChoices(
  db: D1Database,
  { booking, rules, from, now }: ChoiceQuestion,
): Promise<WindowPage | null> {
  const visit = measureVisit(booking);
  if (visit === undefined) return null;
  const page = await readWindowPage(
    db,
    { rules, visit, now },
    { from, exceptBookingId: booking.id },
  );
  const isFree = (date: string, { id, seatsLeft }: OpenWindow) =>
    seatsLeft > 0 && (date !== booking.visitDate || id !== booking.window);
  const free = page.days.map(({ date, windows }) => ({
    date,
    windows: windows.filter((window) => isFree(date, window)),
  }));
  return { ...page, days: free.filter(({ windows }) => windows.length > 0) };
}

/** The date and window of a radio's value `<date>/<window>`; null where none was chosen. */
export function readSlot(slot: string | undefined): { date: string; window: string } | null {
  const [date = '', window = '', ...rest] = (slot ?? '').split('/');
  return isCalendarDate(date) && window !== '' && rest.length === 0 ? { date, window } : null;
}
