import { bareCode } from './text.ts';

/** Vietnam is UTC+7 all year, without daylight saving. */
const VIETNAM_OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

/** Days of the week as content/booking.json writes them, Monday first. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export type Weekday = (typeof weekdays)[number];

/** Public holidays, YYYY-MM-DD. */
export type HolidayDates = ReadonlySet<string>;

export const weekdayNames = {
  mon: 'Thứ Hai',
  tue: 'Thứ Ba',
  wed: 'Thứ Tư',
  thu: 'Thứ Năm',
  fri: 'Thứ Sáu',
  sat: 'Thứ Bảy',
  // Its words are read as one: they stay on one line.
  sun: 'Chủ\u00A0Nhật',
} as const satisfies Record<Weekday, string>;

/** The calendar day in Vietnam at an instant, YYYY-MM-DD. */
export function toVietnamDate(instant: Date): string {
  return new Date(instant.getTime() + VIETNAM_OFFSET_MS).toISOString().slice(0, 10);
}

/** The time of day in Vietnam at an instant, HH:MM. */
export function toVietnamTime(instant: Date): string {
  return new Date(instant.getTime() + VIETNAM_OFFSET_MS).toISOString().slice(11, 16);
}

/** The instant of a day (YYYY-MM-DD) and time (HH:MM) in Vietnam. */
export function fromVietnam(date: string, time: string): Date {
  return new Date(`${date}T${time}:00+07:00`);
}

/** Whether a text is a real calendar day written YYYY-MM-DD (31 February is not). */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

/** The day that a person typed or a form sent, YYYY-MM-DD; null where it is none. */
export function parseDate(typed: string): string | null {
  const text = bareCode(typed);
  return isCalendarDate(text) ? text : null;
}

/** The day that many days later (earlier when negative), YYYY-MM-DD. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from one date to another, both YYYY-MM-DD. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** The instant that much later; earlier where an amount is negative. A day is 24 hours. */
export function later(
  instant: Date,
  by: { ms?: number; minutes?: number; hours?: number; days?: number },
): Date {
  const { ms = 0, minutes = 0, hours = 0, days = 0 } = by;
  return new Date(instant.getTime() + ms + minutes * 60_000 + hours * 3_600_000 + days * DAY_MS);
}

/** The same day of the month that many months later; the month's last day where it has no such day (31 January + 1 → 28 February). Counted in UTC. */
export function addMonths(instant: Date, months: number): Date {
  const moved = new Date(instant.getTime());
  const day = moved.getUTCDate();
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(day, last));
  return moved;
}

export function weekdayOf(date: string): Weekday {
  const sinceMonday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return weekdays[sinceMonday] ?? 'mon';
}

/** "Thứ Ba, 24/11/2026". */
export function formatDate(date: string): string {
  return `${weekdayNames[weekdayOf(date)]}, ${formatShortDate(date)}`;
}

/** "24/11/2026". */
export function formatShortDate(date: string): string {
  return date.split('-').reverse().join('/');
}

/** "7:30" for "07:30". */
export function formatTime(time: string): string {
  return time.replace(/^0/, '');
}

/** "7:30–9:00". */
export function formatSpan(span: { from: string; to: string }): string {
  return `${formatTime(span.from)}–${formatTime(span.to)}`;
}

/** "8:30" or "1:30 sáng": a time by which something is due. At night it names the part of the day, since 1:30 is read as 13:30. */
export function formatClock(time: string): string {
  const hour = Number(time.slice(0, 2));
  if (hour >= 6) return formatTime(time);
  return `${formatTime(time)} ${hour === 0 ? 'đêm' : 'sáng'}`;
}

/** "Thứ Ba, 24/11/2026, 8:30": an instant as people in Vietnam read it. */
export function formatInstant(instant: Date): string {
  return `${formatDate(toVietnamDate(instant))}, ${formatClock(toVietnamTime(instant))}`;
}

/** "9:30, thứ Hai 30/11": a near deadline within a sentence. */
export function formatDeadline(instant: Date): string {
  const date = toVietnamDate(instant);
  const name = weekdayWithin(weekdayOf(date));
  return `${formatTime(toVietnamTime(instant))}, ${name} ${formatDayMonth(date)}`;
}

/** "30/11". */
export function formatDayMonth(date: string): string {
  const [, month = '', day = ''] = date.split('-').map(Number);
  return `${day}/${month}`;
}

/** "T2" … "T7", "CN". */
export function weekdayShort(date: string): string {
  const at = weekdays.indexOf(weekdayOf(date));
  return at === weekdays.length - 1 ? 'CN' : `T${at + 2}`;
}

/** A weekday as it stands within a sentence: "thứ Hai", "Chủ Nhật". */
export function weekdayWithin(weekday: Weekday): string {
  return weekdayNames[weekday].replace('Thứ', 'thứ');
}

/** The working day that many working days after a date (Monday to Friday, holidays left out), YYYY-MM-DD. */
export function addWorkingDays(date: string, days: number, holidays: HolidayDates): string {
  let day = date;
  for (let left = days; left > 0;) {
    day = addDays(day, 1);
    if (isWorkingDay(day, holidays)) left -= 1;
  }
  return day;
}

function isWorkingDay(date: string, holidays: HolidayDates): boolean {
  const weekday = weekdayOf(date);
  return weekday !== 'sat' && weekday !== 'sun' && !holidays.has(date);
}
