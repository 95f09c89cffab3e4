import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { listOpenDays, type OpenDay, type OpenWindow } from '../shared/availability.ts';
import { bookingRules, findService, services } from '../shared/catalogue.ts';
import { splitSlot } from '../shared/booking.ts';
import type { FieldError, RawFields } from '../shared/fields.ts';
import { currentPrivacyPolicy } from '../shared/policies.ts';
import { addDays, formatDate, formatSpan, isCalendarDate, toVietnamDate } from '../shared/time.ts';
import type { AppContext } from './context.ts';
import type { FillData } from './fill-data.ts';
import { issueIntent } from './links.ts';
import { logError } from './log.ts';
import { answerPage } from './pages.ts';
import { hotline } from './problems.ts';
import { readOccupancy } from './store/seats.ts';

/** Days of windows that the booking page shows at once. */
export const PAGE_DAYS = 7;
/** Seats left from which on the row says how many. */
const FEW_SEATS = 2;

/** What the booking page shows besides the windows. */
export interface BookingView {
  values: RawFields;
  errors?: readonly FieldError[];
  notice?: string;
  alternatives?: readonly { date: string; window: string }[];
  status?: ContentfulStatusCode;
  /** When the form was first given out; carried on when it is given back. */
  firstAt?: Date;
}

/** The booking form with live windows, a new intent and everything that was typed. Without the database it is the static form. */
export async function answerBookingPage(c: AppContext, view: BookingView): Promise<Response> {
  const { now, linkKeys } = c.var;
  const errors = view.errors ?? [];
  return answerPage(c, {
    path: '/dat-lich/',
    status: view.status ?? 200,
    keeping: view.status === undefined ? 'form' : 'personal',
    data: {
      ...errorData(errors),
      ...(await windowData(c, view)),
      notice: view.notice ?? null,
      alternatives: (view.alternatives ?? []).map(toAlternative),
      values: { policy: currentPrivacyPolicy()?.version ?? null, ...view.values },
      intent: await issueIntent({ keys: linkKeys, now }, 'booking', view.firstAt),
      hotline,
    },
  });
}

/** Errors as the form pages show them: by field, and as the list of the summary. The title begins with "Lỗi: ". */
export function errorData(errors: readonly FieldError[]): FillData {
  if (errors.length === 0) return { errors: {}, invalid: {}, errorList: [] };
  return {
    title: 'Lỗi: xem lại những ô được đánh dấu',
    errors: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
    invalid: Object.fromEntries(errors.map(({ field }) => [field, 'true'])),
    errorList: errors.map(({ field, message }) => ({ href: `#${field}`, message })),
  };
}

async function windowData(c: AppContext, view: BookingView): Promise<FillData> {
  const { now } = c.var;
  const values = splitSlot(view.values);
  const today = toVietnamDate(now);
  const last = addDays(today, bookingRules.horizonDays);
  const asked = view.alternatives?.[0]?.date ?? values['from'] ?? values['date'] ?? '';
  const from = isCalendarDate(asked) && asked > today && asked <= last ? asked : today;
  const service = findService(values['service'] ?? '') ?? services[0];
  if (service === undefined) return { live: false };
  try {
    const span = { from, to: addDays(from, PAGE_DAYS - 1) };
    const occupancy = await readOccupancy(c.env.DB, span);
    const days = listOpenDays(
      { rules: bookingRules, service, now },
      { from, days: PAGE_DAYS },
      occupancy,
    );
    const offered = days.filter(({ windows }) => windows.length > 0);
    return { live: true, days: offered.map(toDay), ...pagerData(values, { from, today, last }) };
  } catch (error) {
    logError('windows_unavailable', error, { requestId: c.var.requestId });
    return { live: false };
  }
}

function pagerData(
  values: RawFields,
  { from, today, last }: { from: string; today: string; last: string },
): FillData {
  const link = (date: string) => {
    const query = new URLSearchParams({ from: date });
    if (values['service'] !== undefined) query.set('service', values['service']);
    return `/dat-lich/?${query.toString()}`;
  };
  const next = addDays(from, PAGE_DAYS);
  const previous = addDays(from, -PAGE_DAYS);
  return {
    moreHref: next <= last ? link(next) : null,
    earlierHref: from > today ? link(previous > today ? previous : today) : null,
  };
}

function toDay(day: OpenDay): FillData {
  return {
    date: day.date,
    label: formatDate(day.date),
    windows: day.windows.map((window) => toRow(day.date, window)),
  };
}

function toRow(date: string, window: OpenWindow): FillData {
  const full = window.seatsLeft === 0;
  const few = !full && window.seatsLeft <= FEW_SEATS;
  return {
    slot: `${date}/${window.id}`,
    id: slotId(date, window.id),
    label: `${window.label}, ${formatSpan(window)}`,
    few: few ? `còn ${window.seatsLeft} chỗ` : null,
    full,
    note: window.note,
  };
}

function slotId(date: string, window: string): string {
  return `slot-${date}-${window}`;
}

function toAlternative({ date, window }: { date: string; window: string }): FillData {
  const found = bookingRules.windows.find(({ id }) => id === window);
  const hours = found === undefined ? '' : `, ${found.label}, ${formatSpan(found)}`;
  return { href: `#${slotId(date, window)}`, label: `${formatDate(date)}${hours}` };
}
