import { wardName } from '../../../shared/content/areas.ts';
import { seatsOn, windowsOn } from '../../../shared/jobs/availability.ts';
import type { ArrivalWindow, BookingRules } from '../../../shared/content/booking-rules.ts';
import { findWard } from '../../../shared/content/catalogue.ts';
import { nameServices } from '../../../shared/jobs/visit-words.ts';
import { canTransition, UNDO_MINUTES } from '../../../shared/states.ts';
import { keepTogether } from '../../../shared/text.ts';
import { formatDate, formatSpan, fromVietnam } from '../../../shared/time.ts';
import { regularMark } from '../../wording/plan.ts';
import { staffStateNames } from '../../wording/staff.ts';
import type { SeatedJob } from '../../store/seats.ts';

/** What the week's page needs of one day. */
export interface WeekDay {
  date: string;
  today: string;
  now: Date;
  jobs: readonly SeatedJob[];
  locked: ReadonlySet<string>;
  /** Seats where they are other than the settings say, by slot. */
  seats: ReadonlyMap<string, number>;
  /** Path of a job's staff page, by booking id. */
  hrefs: ReadonlyMap<string, string>;
}

/** A day as the week's page shows it: windows with seats and jobs, the choices to lock a window and to cancel a job. */
export function dayData(rules: BookingRules, day: WeekDay) {
  const windows = windowsOfDay(rules, day);
  const closed = rules.closed.find(({ from, to }) => from <= day.date && day.date <= to);
  const peak = rules.peaks.find(({ from, to }) => from <= day.date && day.date <= to);
  return {
    id: `ngay-${day.date}`,
    date: day.date,
    label: formatDate(day.date),
    today: day.date === day.today,
    note: closed === undefined ? (peak?.note ?? null) : `Nghỉ: ${closed.reason}`,
    empty: windows.length === 0 && closed === undefined,
    windows: windows.map((window) => windowData(rules, day, window)),
    lockChoices: windows
      .filter((window) => !hasBegun(day, window))
      .map((window) => lockChoiceData(day, window)),
    cancelChoices: listStarts(day).map((job) => cancelChoiceData(rules, job)),
  };
}

/** The windows that the day offers, and windows that it no longer offers but that still have bookings. */
function windowsOfDay(rules: BookingRules, { date, jobs }: WeekDay): ArrivalWindow[] {
  const offered = windowsOn(rules, date);
  const seated = new Set(jobs.map(({ window }) => window));
  return rules.windows.filter((window) => offered.includes(window) || seated.has(window.id));
}

function windowData(rules: BookingRules, day: WeekDay, window: ArrivalWindow) {
  const jobs = day.jobs.filter((job) => job.window === window.id);
  const offered = windowsOn(rules, day.date).includes(window);
  const slot = `${day.date}/${window.id}`;
  const seats = offered ? (day.seats.get(slot) ?? seatsOn(rules, day.date)) : 0;
  const locked = day.locked.has(slot);
  return {
    label: nameOf(window),
    places: `${jobs.length}/${seats} chỗ`,
    left: hasBegun(day, window) ? 'đã qua' : describeLeft({ left: seats - jobs.length, locked }),
    locked,
    jobs: jobs.map((job) => jobData(day, job)),
  };
}

function hasBegun({ date, now }: WeekDay, window: ArrivalWindow): boolean {
  return fromVietnam(date, window.from) <= now;
}

function describeLeft({ left, locked }: { left: number; locked: boolean }): string {
  if (left < 0) return `quá ${-left} đơn so với số đội`;
  if (locked) return 'đã khóa';
  return left === 0 ? 'hết chỗ' : `còn ${left}`;
}

function jobData(day: WeekDay, job: SeatedJob) {
  const ward = findWard(job.ward);
  return {
    code: job.code,
    service: nameServices(job),
    ward: ward === undefined ? job.ward : wardName(ward),
    regular: regularMark(job),
    state: job.state,
    stateName:
      job.state === 'declined'
        ? `${staffStateNames.declined}, giữ chỗ ${UNDO_MINUTES} phút để rút lại`
        : staffStateNames[job.state],
    continued: job.startWindow !== job.window,
    href: day.hrefs.get(job.id) ?? null,
  };
}

function lockChoiceData({ date, locked }: WeekDay, window: ArrivalWindow) {
  const isLocked = locked.has(`${date}/${window.id}`);
  return {
    value: `${isLocked ? 'open' : 'lock'}/${window.id}`,
    label: `${isLocked ? 'Mở lại' : 'Khóa'} ${nameOf(window)}`,
  };
}

function cancelChoiceData(rules: BookingRules, job: SeatedJob) {
  const window = rules.windows.find(({ id }) => id === job.startWindow);
  const when = window === undefined ? [] : [`${window.label}, ${keepTogether(formatSpan(window))}`];
  return {
    value: `${job.code}/${job.version}`,
    label: [job.code, ...when, nameServices(job)].join(' · '),
  };
}

function listStarts({ jobs }: WeekDay): SeatedJob[] {
  return jobs.filter(
    (job, index) =>
      canTransition(job.state, 'cancel') && jobs.findIndex(({ id }) => id === job.id) === index,
  );
}

function nameOf(window: ArrivalWindow): string {
  return `${window.label}, ${formatSpan(window)}`;
}
