import type { ArrivalWindow, BookingRules } from '../content/booking-rules.ts';
import type { VisitLength } from './visit.ts';
import {
  addDays,
  daysBetween,
  fromVietnam,
  isCalendarDate,
  later,
  toVietnamDate,
  weekdayOf,
} from '../time.ts';

/** One arrival window of one day: `date` is YYYY-MM-DD, `window` an id of content/booking.json. */
export interface Slot {
  date: string;
  window: string;
}

/**
 * A slot that a job occupies, with the most seats that the settings give it, and the crews whose days off leave fewer; absent
 * where there are none. The database says how many seats there are (`seatsOf` in worker/store/seats.ts).
 */
export interface JobSlot extends Slot {
  capacity: number;
  crews?: readonly string[];
}

/**
 * How full the slots are: bookings per `<date>/<window>`, the slots that staff locked, written alike, and the seats of those
 * that have other than the settings say, since a crew is off or staff set a number.
 */
export interface Occupancy {
  taken: ReadonlyMap<string, number>;
  locked: ReadonlySet<string>;
  seats: ReadonlyMap<string, number>;
}

/** A start that can be asked for and how many more such visits it can take. */
export interface OpenWindow extends ArrivalWindow {
  seatsLeft: number;
  /** False where the window itself is free and the time after it is too short for the job. */
  fits: boolean;
  note: string | null;
}

/** A day and the starts it offers; empty when closed, too early or too far ahead. */
export interface OpenDay {
  date: string;
  windows: OpenWindow[];
}

export interface StartQuestion {
  rules: BookingRules;
  visit: VisitLength;
  now: Date;
}

const ONE_WINDOW = { windows: 1 } as const;

export const emptyOccupancy: Occupancy = { taken: new Map(), locked: new Set(), seats: new Map() };

/** The windows of a day by weekday and closed days, those already begun included. */
export function windowsOn(rules: BookingRules, date: string): ArrivalWindow[] {
  if (rules.closed.some((days) => days.from <= date && date <= days.to)) return [];
  return rules.week[weekdayOf(date)].flatMap((id) =>
    rules.windows.filter((window) => window.id === id),
  );
}

/** Seats of a day's windows by the settings: as many as crews, at most the peak's number; without crews that number or the usual one. */
export function seatsOn(rules: BookingRules, date: string): number {
  const peak = peakOn(rules, date)?.seats;
  const { crews = [] } = rules;
  return crews.length === 0 ? (peak ?? rules.seats) : Math.min(crews.length, peak ?? Infinity);
}

/** The windows of some days, both included, as slots of their own. */
export function listSlots(rules: BookingRules, span: { from: string; to: string }): JobSlot[] {
  const days = Array.from({ length: daysBetween(span.from, span.to) + 1 }, (_, index) =>
    addDays(span.from, index),
  );
  return days.flatMap((date) => windowsOn(rules, date).map(({ id }) => toSlot(rules, date, id)));
}

function toSlot(rules: BookingRules, date: string, window: string): JobSlot {
  const { crews = [] } = rules;
  const slot = { date, window, capacity: seatsOn(rules, date) };
  return crews.length === 0 ? slot : { ...slot, crews };
}

/**
 * The windows a job takes when it starts in a given one: as many in a row as the visit needs,
 * then the buffer as far as the day goes on. Null where the day does not offer that start.
 */
export function listJobSlots(
  rules: BookingRules,
  visit: VisitLength,
  start: Slot,
): JobSlot[] | null {
  const day = windowsOn(rules, start.date);
  const first = day.findIndex((window) => window.id === start.window);
  if (first < 0 || first + visit.windows > day.length) return null;
  return day
    .slice(first, first + visit.windows + rules.bufferWindows)
    .map((window) => toSlot(rules, start.date, window.id));
}

/** The most windows that a day has. */
export function longestDay(rules: Pick<BookingRules, 'week'>): number {
  return Math.max(...Object.values(rules.week).map((ids) => ids.length));
}

/** Whether a text is a day that can be asked for, closed or not: YYYY-MM-DD, from today to the end of the open calendar. */
export function isBookableDay(rules: BookingRules, text: string, today: string): boolean {
  return isCalendarDate(text) && text >= today && text <= addDays(today, rules.horizonDays);
}

/** Why a start cannot be asked for, or null when it can: the field to name and what to say there. */
export function refuseStart(
  question: StartQuestion,
  start: Slot,
): { field: 'date' | 'window'; message: string } | null {
  const { rules, visit, now } = question;
  const today = toVietnamDate(now);
  if (start.date < today)
    return { field: 'date', message: 'Ngày này đã qua. Anh/chị chọn một ngày từ hôm nay trở đi.' };
  if (start.date > addDays(today, rules.horizonDays)) {
    return {
      field: 'date',
      message: `Ngày này còn xa. Anh/chị chọn một ngày trong ${rules.horizonDays} ngày tới.`,
    };
  }
  const windows = windowsOn(rules, start.date);
  if (windows.length === 0)
    return { field: 'date', message: 'Ngày này chúng tôi nghỉ. Anh/chị chọn một ngày khác.' };
  if (listJobSlots(rules, visit, start) === null) {
    return {
      field: 'window',
      message: 'Khung giờ này không có cho dịch vụ đã chọn. Anh/chị chọn một khung giờ khác.',
    };
  }
  if (startOf(rules, start) < now) {
    return {
      field: 'window',
      message: 'Khung giờ này đã bắt đầu. Anh/chị chọn một khung giờ khác.',
    };
  }
  if (startOf(rules, start) < later(now, { hours: rules.leadHours })) {
    return {
      field: 'window',
      message: `Khung giờ này sát giờ quá. Anh/chị chọn khung giờ cách bây giờ ít nhất ${rules.leadHours} tiếng.`,
    };
  }
  return null;
}

/** The windows of each day with the seats left for a visit; page, API and insert all take their answer here. */
export function listOpenDays(
  question: StartQuestion,
  span: { from: string; days: number },
  occupancy: Occupancy,
): OpenDay[] {
  return Array.from({ length: span.days }, (_, index) => {
    const date = addDays(span.from, index);
    const windows = windowsOn(question.rules, date)
      .filter(
        ({ id }) => refuseStart({ ...question, visit: ONE_WINDOW }, { date, window: id }) === null,
      )
      .map((window) => {
        const start = { date, window: window.id };
        const seatsLeft = countSeatsLeft(question, start, occupancy);
        return {
          ...window,
          seatsLeft,
          fits: seatsLeft > 0 || seatsIn(start, seatsOn(question.rules, date), occupancy) === 0,
          note: peakOn(question.rules, date)?.note ?? null,
        };
      });
    return { date, windows };
  });
}

/** The first day from a given one on that offers a start, seats aside; the given day where none up to `to` does. */
export function firstOfferedDay(
  question: StartQuestion,
  span: { from: string; to: string },
): string {
  for (let date = span.from; date <= span.to; date = addDays(date, 1)) {
    const offers = windowsOn(question.rules, date).some(
      ({ id }) => refuseStart(question, { date, window: id }) === null,
    );
    if (offers) return date;
  }
  return span.from;
}

/** How many more such visits a start can take: the fewest seats left in their slots. */
export function countSeatsLeft(
  question: Pick<StartQuestion, 'rules' | 'visit'>,
  start: Slot,
  occupancy: Occupancy,
): number {
  const slots = listJobSlots(question.rules, question.visit, start) ?? [];
  const left = slots.map((slot) => seatsIn(slot, slot.capacity, occupancy));
  return left.length === 0 ? 0 : Math.min(...left);
}

function seatsIn(
  { date, window }: Slot,
  capacity: number,
  { taken, locked, seats }: Occupancy,
): number {
  const key = `${date}/${window}`;
  return locked.has(key) ? 0 : Math.max(0, (seats.get(key) ?? capacity) - (taken.get(key) ?? 0));
}

export function findWindow(rules: BookingRules, id: string): ArrivalWindow | undefined {
  return rules.windows.find((window) => window.id === id);
}

function peakOn(rules: BookingRules, date: string): BookingRules['peaks'][number] | undefined {
  return rules.peaks.find((days) => days.from <= date && date <= days.to);
}

/** The instant of a start; 1970 where the window is not known, so that it counts as over. */
function startOf(rules: BookingRules, start: Slot): Date {
  const window = findWindow(rules, start.window);
  return window === undefined ? new Date(0) : fromVietnam(start.date, window.from);
}
