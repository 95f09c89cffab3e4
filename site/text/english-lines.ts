import type { Service, unitNames } from '../../shared/content/services.ts';
import { formatSpan, type Weekday, weekdays } from '../../shared/time.ts';

const dayNames: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

const units: Readonly<Record<keyof typeof unitNames, string>> = {
  m2: 'm²',
  hour: 'hour',
  set: 'set',
  day: 'worker per day',
  month: 'month',
};

/** "7:30–17:30, Monday to Saturday". */
export function englishHours(hours: {
  from: string;
  to: string;
  days: readonly Weekday[];
}): string {
  return `${formatSpan(hours)}, ${englishDays(hours.days)}`;
}

/** "Monday to Saturday", or "Monday, Wednesday and Friday". */
export function englishDays(days: readonly Weekday[]): string {
  const places = weekdays.flatMap((day, place) => (days.includes(day) ? [place] : []));
  const names = places.map((place) => dayNames[weekdays[place] ?? 'mon']);
  const [first = '', last = ''] = [names.at(0), names.at(-1)];
  const inARow = (places.at(-1) ?? 0) - (places.at(0) ?? 0) === places.length - 1;
  if (names.length === weekdays.length) return 'every day';
  if (inARow && names.length > 2) return `${first} to ${last}`;
  return names.length < 2 ? first : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** "From 12,000 VND per m²"; null where the service has no listed price. */
export function englishPrice({ prices, unit }: Pick<Service, 'prices' | 'unit'>): string | null {
  if (prices.length === 0) return null;
  const lowest = Math.min(...prices.map(({ amountVnd }) => amountVnd));
  return `${prices.length > 1 ? 'From ' : ''}${lowest.toLocaleString('en')} VND per ${units[unit]}`;
}
