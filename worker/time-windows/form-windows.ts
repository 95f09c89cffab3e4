import {
  firstOfferedDay,
  listOpenDays,
  type OpenDay,
  type OpenWindow,
  type StartQuestion,
} from '../../shared/jobs/availability.ts';
import type { BookingRules } from '../../shared/content/booking-rules.ts';
import { splitSlot } from '../../shared/forms/booking.ts';
import { findService, services } from '../../shared/content/catalogue.ts';
import type { RawFields } from '../../shared/forms/fields.ts';
import {
  addDays,
  formatDate,
  formatSpan,
  isCalendarDate,
  toVietnamDate,
} from '../../shared/time.ts';
import type { AppContext } from '../web/context.ts';
import { logError } from '../base/log.ts';
import { readOccupancy } from '../store/seats.ts';
import type { FillData } from '../web/fill.ts';

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
  /** Where the buttons send the form to have it back with other windows. */
  action: string;
}

interface Start {
  date: string;
  window: string;
}

/**
 * The live windows of a form, seven days at a time; `live: false` where the database does not answer.
 * While no service is chosen they are those of the service that needs most, which every other can take too.
 */
export async function formWindowsData(c: AppContext, ask: WindowsQuestion): Promise<FillData> {
  const { now } = c.var;
  const { rules } = ask;
  const values = splitSlot(ask.values);
  const today = toVietnamDate(now);
  const last = addDays(today, rules.horizonDays);
  const asked = ask.alternatives?.[0]?.date ?? values['from'] ?? values['date'] ?? '';
  const wanted = isCalendarDate(asked) && asked > today && asked <= last ? asked : today;
  const chosen = findService(values['service'] ?? '');
  const service = chosen ?? services.toSorted((a, b) => b.windows - a.windows)[0];
  if (service === undefined) return { live: false };
  const question = { rules, service, now };
  const from = firstOfferedDay(question, { from: wanted, to: last });
  try {
    const days = await readDays(c.env.DB, question, { from, days: PAGE_DAYS });
    const shown = days.some(({ date }) => date === values['date']);
    const kept = shown ? [] : await readKeptStart(c.env.DB, question, values);
    return {
      live: true,
      days: [...kept, ...days.filter(({ windows }) => windows.length > 0).map(dayData)],
      alternatives: (ask.alternatives ?? []).map((start) => alternativeData(rules, start)),
      windowsService: chosen?.id ?? '',
      windowsFor: chosen?.name ?? null,
      windowsAction: ask.action,
      ...pagerData({ from, first: firstOfferedDay(question, { from: today, to: last }), last }),
    };
  } catch (error) {
    logError('windows_unavailable', error, { requestId: c.var.requestId });
    return { live: false };
  }
}

/** What was typed, the chosen start both as one control and as two: whichever the page then shows has it. */
export function withSlotField(values: RawFields): RawFields {
  const split = splitSlot(values);
  const { date = '', window = '' } = split;
  return date === '' || window === '' ? split : { ...split, slot: `${date}/${window}` };
}

async function readDays(
  db: D1Database,
  question: StartQuestion,
  span: { from: string; days: number },
): Promise<OpenDay[]> {
  const { from, days } = span;
  const occupancy = await readOccupancy(db, { from, to: addDays(from, days - 1) });
  return listOpenDays(question, span, occupancy);
}

/** The chosen start as a day of its own above the others, where the service can still take it. */
async function readKeptStart(
  db: D1Database,
  question: StartQuestion,
  { date = '', window: chosen = '' }: RawFields,
): Promise<FillData[]> {
  if (!isCalendarDate(date) || chosen === '') return [];
  const days = await readDays(db, question, { from: date, days: 1 });
  const free = days.flatMap(({ windows }) =>
    windows.filter(({ id, seatsLeft }) => id === chosen && seatsLeft > 0),
  );
  if (free.length === 0) return [];
  return [{ ...dayData({ date, windows: free }), label: `Giờ đã chọn: ${formatDate(date)}` }];
}

/** What leads to other days: earlier ones down to the first that offers a start, later ones to the last. */
function pagerData({ from, first, last }: { from: string; first: string; last: string }): FillData {
  const next = addDays(from, PAGE_DAYS);
  const previous = addDays(from, -PAGE_DAYS);
  return {
    windowsFrom: from,
    moreFrom: next <= last ? next : null,
    earlierFrom: from > first ? (previous > first ? previous : first) : null,
  };
}

function dayData(day: OpenDay): FillData {
  return {
    date: day.date,
    label: formatDate(day.date),
    windows: day.windows.map((window) => rowData(day.date, window)),
  };
}

function rowData(date: string, window: OpenWindow): FillData {
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

function alternativeData(rules: BookingRules, { date, window }: Start): FillData {
  const found = rules.windows.find(({ id }) => id === window);
  const hours = found === undefined ? '' : `, ${found.label}, ${formatSpan(found)}`;
  return { href: `#${slotId(date, window)}`, label: `${formatDate(date)}${hours}` };
}

function slotId(date: string, window: string): string {
  return `slot-${date}-${window}`;
}
