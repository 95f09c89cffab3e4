import { firstOfferedDay, listOpenDays } from '../../shared/jobs/availability.ts';
import type { BookingRules } from '../../shared/content/booking-rules.ts';
import { findService } from '../../shared/content/catalogue.ts';
import {
  addDays,
  formatDate,
  formatSpan,
  isCalendarDate,
  toVietnamDate,
} from '../../shared/time.ts';
import type { Booking } from '../store/bookings.ts';
import { readOccupancy } from '../store/seats.ts';
import type { FillData } from '../web/fill.ts';

/** Days of windows that a page shows at once. */
const PAGE_DAYS = 7;

/** For which booking other windows are wanted, by which rules, from which day on. */
export interface ChoiceQuestion {
  booking: Booking;
  rules: BookingRules;
  /** First day to show as asked for in the address; anything else is today. */
  from: string | undefined;
  now: Date;
  /** The page's own address with the day in it. */
  hrefOf: (from: string) => string;
}

/** The windows with a seat that a booking could move to, seven days at a time, its own seats counted as free. */
export async function listWindowChoices(db: D1Database, ask: ChoiceQuestion): Promise<FillData> {
  const { booking, rules, now } = ask;
  const today = toVietnamDate(now);
  const last = addDays(today, rules.horizonDays);
  const asked = ask.from ?? '';
  const wanted = isCalendarDate(asked) && asked > today && asked <= last ? asked : today;
  const service = findService(booking.service);
  if (service === undefined) return { days: [] };
  const from = firstOfferedDay({ rules, service, now }, { from: wanted, to: last });
  const first = firstOfferedDay({ rules, service, now }, { from: today, to: last });
  const span = { from, to: addDays(from, PAGE_DAYS) };
  const occupancy = await readOccupancy(db, span, booking.id);
  const days = listOpenDays({ rules, service, now }, { from, days: PAGE_DAYS }, occupancy);
  const next = addDays(from, PAGE_DAYS);
  const earlier = addDays(from, -PAGE_DAYS);
  return {
    days: days
      .map(({ date, windows }) => ({
        label: formatDate(date),
        windows: windows
          .filter(({ seatsLeft }) => seatsLeft > 0)
          .filter(({ id }) => date !== booking.visitDate || id !== booking.window)
          .map(({ id, label, from: start, to, note }) => ({
            slot: `${date}/${id}`,
            label,
            hours: formatSpan({ from: start, to }),
            note,
          })),
      }))
      .filter(({ windows }) => windows.length > 0),
    moreHref: next <= last ? ask.hrefOf(next) : null,
    earlierHref: from > first ? ask.hrefOf(earlier > first ? earlier : first) : null,
  };
}

/** `<date>/<window>` of a radio taken apart; null where none was chosen. */
export function readSlot(slot: string | undefined): { date: string; window: string } | null {
  const [date = '', window = '', ...rest] = (slot ?? '').split('/');
  return isCalendarDate(date) && window !== '' && rest.length === 0 ? { date, window } : null;
}
