import {
  firstOfferedDay,
  listOpenDays,
  type OpenDay,
  type OpenWindow,
} from '../shared/availability.ts';
import type { BookingRules } from '../shared/booking-rules.ts';
import { splitSlot } from '../shared/booking.ts';
import { findService, services } from '../shared/catalogue.ts';
import type { RawFields } from '../shared/fields.ts';
import { addDays, formatDate, formatSpan, isCalendarDate, toVietnamDate } from '../shared/time.ts';
import type { AppContext } from './context.ts';
import type { FillData } from './fill-data.ts';
import { logError } from './log.ts';
import { readOccupancy } from './store/seats.ts';

/** Days of windows that a form shows at once. */
export const PAGE_DAYS = 7;
/** Seats left from which on the row says how many. */
const FEW_SEATS = 2;

/** Which windows a form wants to show: for the service chosen, from the day asked for, by which rules. */
export interface WindowsQuestion {
  values: RawFields;
  /** Starts offered instead of a full one; the page begins with the first of them. */
  alternatives?: readonly Start[];
  rules: BookingRules;
  /** The form's own address with another first day. */
  hrefOf: (query: URLSearchParams) => string;
}

interface Start {
  date: string;
  window: string;
}

/** The live windows of a form, seven days at a time; `live: false` where the database does not answer. */
export async function drawFormWindows(c: AppContext, ask: WindowsQuestion): Promise<FillData> {
  const { now } = c.var;
  const { rules } = ask;
  const values = splitSlot(ask.values);
  const today = toVietnamDate(now);
  const last = addDays(today, rules.horizonDays);
  const asked = ask.alternatives?.[0]?.date ?? values['from'] ?? values['date'] ?? '';
  const wanted = isCalendarDate(asked) && asked > today && asked <= last ? asked : today;
  const service = findService(values['service'] ?? '') ?? services[0];
  if (service === undefined) return { live: false };
  const from = firstOfferedDay({ rules, service, now }, { from: wanted, to: last });
  try {
    const occupancy = await readOccupancy(c.env.DB, { from, to: addDays(from, PAGE_DAYS - 1) });
    const days = listOpenDays({ rules, service, now }, { from, days: PAGE_DAYS }, occupancy);
    const offered = days.filter(({ windows }) => windows.length > 0);
    const alternatives = (ask.alternatives ?? []).map((start) => drawAlternative(rules, start));
    const pager = drawPager(ask, { from, today, last });
    return { live: true, days: offered.map(drawDay), alternatives, ...pager };
  } catch (error) {
    logError('windows_unavailable', error, { requestId: c.var.requestId });
    return { live: false };
  }
}

function drawPager(
  { values, hrefOf }: WindowsQuestion,
  { from, today, last }: { from: string; today: string; last: string },
): FillData {
  const link = (date: string) => {
    const query = new URLSearchParams({ from: date });
    if (values['service'] !== undefined) query.set('service', values['service']);
    return hrefOf(query);
  };
  const next = addDays(from, PAGE_DAYS);
  const previous = addDays(from, -PAGE_DAYS);
  return {
    moreHref: next <= last ? link(next) : null,
    earlierHref: from > today ? link(previous > today ? previous : today) : null,
  };
}

function drawDay(day: OpenDay): FillData {
  return {
    date: day.date,
    label: formatDate(day.date),
    windows: day.windows.map((window) => drawRow(day.date, window)),
  };
}

function drawRow(date: string, window: OpenWindow): FillData {
  const full = window.seatsLeft === 0;
  const few = !full && window.seatsLeft <= FEW_SEATS;
  return {
    slot: `${date}/${window.id}`,
    id: slotId(date, window.id),
    label: window.label,
    hours: formatSpan(window),
    few: few ? `còn ${window.seatsLeft} chỗ` : null,
    full,
    note: window.note,
  };
}

function drawAlternative(rules: BookingRules, { date, window }: Start): FillData {
  const found = rules.windows.find(({ id }) => id === window);
  const hours = found === undefined ? '' : `, ${found.label}, ${formatSpan(found)}`;
  return { href: `#${slotId(date, window)}`, label: `${formatDate(date)}${hours}` };
}

function slotId(date: string, window: string): string {
  return `slot-${date}-${window}`;
}
