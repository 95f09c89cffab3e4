import type { OpenDay, OpenWindow, StartQuestion } from '../../shared/jobs/availability.ts';
import type { BookingRules } from '../../shared/content/booking-rules.ts';
import { splitSlot } from '../../shared/forms/booking.ts';
import { findBookableService, services } from '../../shared/content/catalogue.ts';
import type { RawFields } from '../../shared/forms/fields.ts';
import { formatDate, formatSpan, parseDate } from '../../shared/time.ts';
import type { AppContext } from '../web/context.ts';
import { isServiceFailure } from '../base/failures.ts';
import { logError } from '../base/log.ts';
import { describeWindow, readOpenDays, readWindowPage } from './window-page.ts';

/** With so many seats left or fewer, the row says how many. */
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

/** Leaves the page as it was built. Its form can be sent without the list of windows. */
const notLive = {
  live: false,
  days: [],
  alternatives: [],
  windowsService: undefined,
  windowsFor: undefined,
  windowsAction: undefined,
  windowsFrom: undefined,
  moreFrom: undefined,
  earlierFrom: undefined,
};

/**
 * The live windows of a form, seven days at a time; `live: false` where the database does not answer.
 * While no service is chosen they are those of the service that needs most windows in a row: they suit every other too.
 */
export async function formWindowsData(c: AppContext, ask: WindowsQuestion) {
  const { rules } = ask;
  const values = splitSlot(ask.values);
  const chosen = findBookableService(values['service'] ?? '');
  const service = chosen ?? services.toSorted((a, b) => b.windows - a.windows)[0];
  if (service === undefined) return notLive;
  const question = { rules, service, now: c.var.now };
  const from = ask.alternatives?.[0]?.date ?? values['from'] ?? values['date'];
  try {
    const page = await readWindowPage(c.env.DB, question, { from });
    const shown = page.days.some(({ date }) => date === values['date']);
    const kept = shown ? [] : await readKeptStart(c.env.DB, question, values);
    return {
      live: true,
      days: [...kept, ...page.days.filter(({ windows }) => windows.length > 0).map(dayData)],
      alternatives: (ask.alternatives ?? []).map((start) => alternativeData(rules, start)),
      windowsService: chosen?.id ?? '',
      windowsFor: chosen?.name ?? null,
      windowsAction: ask.action,
      windowsFrom: page.from,
      moreFrom: page.later,
      earlierFrom: page.earlier,
    };
  } catch (error) {
    if (!isServiceFailure(error)) throw error;
    logError('windows_unavailable', error, { requestId: c.var.requestId });
    return notLive;
  }
}

/** The typed values with the chosen start as `slot` and as `date` and `window`: the page shows radios or two fields. */
export function withSlotField(values: RawFields): RawFields {
  const split = splitSlot(values);
  const { date = '', window = '' } = split;
  return date === '' || window === '' ? split : { ...split, slot: `${date}/${window}` };
}

/** The chosen start as a day of its own above the others, where the service can still take it. */
async function readKeptStart(
  db: D1Database,
  question: StartQuestion,
  { date: typed = '', window: chosen = '' }: RawFields,
) {
  const date = parseDate(typed);
  if (date === null || chosen === '') return [];
  const days = await readOpenDays(db, question, { from: date, days: 1 });
  const free = days.flatMap(({ windows }) =>
    windows.filter(({ id, seatsLeft }) => id === chosen && seatsLeft > 0),
  );
  if (free.length === 0) return [];
  return [{ ...dayData({ date, windows: free }), label: `Giờ đã chọn: ${formatDate(date)}` }];
}

function dayData(day: OpenDay) {
  return {
    date: day.date,
    label: formatDate(day.date),
    windows: day.windows.map((window) => rowData(day.date, window)),
  };
}

function rowData(date: string, window: OpenWindow) {
  const full = window.seatsLeft === 0;
  const few = !full && window.seatsLeft <= FEW_SEATS;
  return {
    ...describeWindow(date, window),
    id: slotId(date, window.id),
    few: few ? `còn ${window.seatsLeft} chỗ` : null,
    full,
  };
}

function alternativeData(rules: BookingRules, { date, window }: Start) {
  const found = rules.windows.find(({ id }) => id === window);
  const hours = found === undefined ? '' : `, ${found.label}, ${formatSpan(found)}`;
  return { href: `#${slotId(date, window)}`, label: `${formatDate(date)}${hours}` };
}

function slotId(date: string, window: string): string {
  return `slot-${date}-${window}`;
}
