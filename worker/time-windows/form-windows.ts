import type { StartQuestion } from '../../shared/jobs/availability.ts';
import type { BookingRules } from '../../shared/content/booking-rules.ts';
import { splitSlot } from '../../shared/forms/booking.ts';
import { services } from '../../shared/content/catalogue.ts';
import type { VisitKind } from '../../shared/content/services.ts';
import {
  measureVisit,
  orderServices,
  type VisitLength,
  visitKindOf,
} from '../../shared/jobs/visit.ts';
import { readServiceIds } from '../../shared/forms/services.ts';
import { quantityField } from '../../shared/forms/answers.ts';
import { joinValues, type RawFields } from '../../shared/forms/fields.ts';
import { formatDate, formatSpan, parseDate } from '../../shared/time.ts';
import { isBlank } from '../../shared/text.ts';
import type { AppContext } from '../web/context.ts';
import { isServiceFailure } from '../base/failures.ts';
import { logError } from '../base/log.ts';
import { dayData, slotId, spansOf } from './day-data.ts';
import { readOpenDays, readWindowPage } from './window-page.ts';

/** Which windows a form wants to show: for the services chosen, from the day asked for, by which rules. */
export interface WindowsQuestion {
  values: RawFields;
  /** Starts offered instead of a full one; the page begins with the first of them. */
  alternatives?: readonly Start[];
  rules: BookingRules;
  /** What the visit is for where that is agreed; else the services say it. */
  agreed?: VisitKind;
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
  shownDay: undefined,
  spans: [],
  alternatives: [],
  windowsService: undefined,
  windowsFor: undefined,
  windowsAction: undefined,
  windowsFrom: undefined,
};

/**
 * The live windows of a form, fourteen days at a time; `live: false` where the database does not answer.
 * While no service is chosen they are those of the service that needs most windows in a row: they suit every other too.
 */
export async function formWindowsData(c: AppContext, ask: WindowsQuestion) {
  const { rules } = ask;
  const values = splitSlot(ask.values);
  const chosen = orderServices(readServiceIds(values));
  const visit = chosen.length === 0 ? longestService() : lengthOfAll(chosen, ask.agreed);
  if (visit === undefined) return notLive;
  const question = { rules, visit, now: c.var.now };
  const from = ask.alternatives?.[0]?.date ?? values['from'] ?? values['date'];
  try {
    const page = await readWindowPage(c.env.DB, question, { from });
    const asked = values['date'] ?? values['day'];
    const shown = page.days.some(({ date }) => date === values['date']);
    const kept = shown ? [] : await readKeptStart(c.env.DB, question, values);
    const open = page.days.filter(({ windows }) => windows.length > 0);
    const days = [...kept, ...open.map((day) => dayData(day, chosen.length > 0))];
    const day = days.find(({ date }) => date === asked) ?? days.find(({ full }) => !full);
    const offered = ask.alternatives ?? [];
    return {
      live: true,
      days,
      shownDay: offered[0]?.date ?? day?.date ?? days[0]?.date ?? null,
      spans: spansOf(page),
      alternatives: offered
        .filter(({ date }) => date === offered[0]?.date)
        .map((start) => alternativeData(rules, start)),
      windowsService: joinValues(chosen),
      windowsFor: chosen.length > 0,
      windowsAction: ask.action,
      windowsFrom: page.from,
    };
  } catch (error) {
    if (!isServiceFailure(error)) throw error;
    logError('windows_unavailable', error, { requestId: c.var.requestId });
    return notLive;
  }
}

/**
 * The typed values as the page's controls are named: the chosen start as `slot` and as `date` and `window` (it shows radios or
 * two fields), each service by itself, and a quantity as that of the one service chosen.
 */
export function toControls(values: RawFields): Readonly<Record<string, string | string[]>> {
  const chosen = readServiceIds(values);
  const split = { ...splitSlot(values), ...ownQuantity(chosen, values) };
  const { date = '', window = '' } = split;
  const controls = { ...split, service: chosen };
  return date === '' || window === '' ? controls : { ...controls, slot: `${date}/${window}` };
}

/** While no service is chosen. */
function longestService(): VisitLength | undefined {
  const lengths = services.map((service) =>
    measureVisit({ visit: service.visit, services: [service] }),
  );
  return lengths
    .filter((length) => length !== undefined)
    .toSorted((a, b) => b.windows - a.windows)[0];
}

function lengthOfAll(ids: readonly string[], agreed?: VisitKind): VisitLength | undefined {
  const chosen = ids.map((id) => ({ id }));
  return measureVisit({ visit: agreed ?? visitKindOf(chosen), services: chosen });
}

function ownQuantity([id, ...more]: readonly string[], values: RawFields): RawFields {
  if (id === undefined || more.length > 0 || values['quantity'] === undefined) return {};
  const own = quantityField({ id });
  return isBlank(values[own] ?? '') ? { [own]: values['quantity'] } : {};
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
  const day = dayData({ date, windows: free }, true);
  return [{ ...day, label: `Giờ đã chọn: ${day.label}` }];
}

function alternativeData(rules: BookingRules, { date, window }: Start) {
  const found = rules.windows.find(({ id }) => id === window);
  const hours = found === undefined ? '' : `, ${found.label}, ${formatSpan(found)}`;
  return { href: `#${slotId(date, window)}`, label: `${formatDate(date)}${hours}` };
}
