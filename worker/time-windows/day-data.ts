import type { OpenDay, OpenWindow } from '../../shared/jobs/availability.ts';
import { formatDayMonth, weekdayNames, weekdayOf, weekdayShort } from '../../shared/time.ts';
import { describeWindow, type WindowPage } from './window-page.ts';

/** With so many seats left or fewer, the row says how many. */
const FEW_SEATS = 2;

/** A day and its windows as `DayChoice.astro` shows them. */
export function dayData(day: OpenDay, isForService: boolean) {
  return {
    date: day.date,
    label: `${weekdayNames[weekdayOf(day.date)]}, ${formatDayMonth(day.date)}`,
    short: weekdayShort(day.date),
    dayMonth: formatDayMonth(day.date),
    full: day.windows.every(({ seatsLeft }) => seatsLeft === 0),
    windows: day.windows.map((window) => windowData(day.date, window, isForService)),
  };
}

function windowData(date: string, window: OpenWindow, isForService: boolean) {
  return {
    ...describeWindow(date, window),
    id: slotId(date, window.id),
    few: seatWords(window, isForService),
    closed: window.seatsLeft === 0,
  };
}

function seatWords({ seatsLeft, fits }: OpenWindow, isForService: boolean): string | null {
  if (!fits) return isForService ? 'không đủ giờ cho dịch vụ này' : 'chọn dịch vụ để xem';
  if (seatsLeft === 0) return 'đã kín';
  return seatsLeft <= FEW_SEATS ? `còn ${seatsLeft} chỗ` : null;
}

/** The id of a window's control, to which a list of other windows leads. */
export function slotId(date: string, window: string): string {
  return `slot-${date}-${window}`;
}

/** First days of the other pages of days. */
export function spansOf({ from, starts }: WindowPage) {
  return starts
    .filter((start) => start !== from)
    .map((start) => ({ from: start, label: formatDayMonth(start) }));
}
