import { addDays, formatInstant, fromVietnam, later, toVietnamDate } from '../time.ts';

/** A time at which staff call again whom they could not reach. */
export interface CallTime {
  id: string;
  label: string;
  at: Date;
}

/** The times that staff can choose from now on: in two hours, and those before the visit. */
export function listCallTimes(now: Date, visitStartsAt: Date): CallTime[] {
  const today = toVietnamDate(now);
  const tomorrow = addDays(today, 1);
  const times = [
    { id: 'soon', at: later(now, { hours: 2 }) },
    { id: 'evening', at: fromVietnam(today, '17:00') },
    { id: 'morning', at: fromVietnam(tomorrow, '08:00') },
    { id: 'tomorrow', at: fromVietnam(tomorrow, '17:00') },
  ];
  return times
    .filter(({ id, at }) => id !== 'evening' || at > later(now, { hours: 2 }))
    .filter(({ id, at }) => id === 'soon' || at < visitStartsAt)
    .map(({ id, at }) => ({ id, at, label: formatInstant(at) }));
}
