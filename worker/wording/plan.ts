import { wardName } from '../../shared/content/areas.ts';
import { bookingRules, findWard } from '../../shared/content/catalogue.ts';
import { findWindow } from '../../shared/jobs/availability.ts';
import { repeatNames } from '../../shared/jobs/rhythm.ts';
import { describeSizes, nameServices } from '../../shared/jobs/visit-words.ts';
import type { PlanState } from '../../shared/states.ts';
import { formatDate, formatSpan, weekdayOf, weekdayWithin } from '../../shared/time.ts';
import type { Booking } from '../store/bookings.ts';
import type { OpenDate } from '../store/plan-dates.ts';
import type { Plan } from '../store/plans.ts';

/** The state of a plan as staff read it. */
export const staffPlanStateNames: Readonly<Record<PlanState, string>> = {
  held: 'Để riêng, chờ xem lại',
  requested: 'Chờ xác nhận buổi đầu',
  active: 'Đang thực hiện',
  paused: 'Đang tạm nghỉ',
  ended: 'Đã dừng',
};

/** Why a plan's visit could not be made in its window. */
export const openReasonNames: Readonly<Record<OpenDate['reason'], string>> = {
  full: 'khung giờ hết chỗ',
  locked: 'khung giờ đã khóa',
  closed: 'ngày nghỉ',
  late: 'đã quá gần giờ làm',
  erased: 'buổi đã xóa',
};

/** "Hai tuần một lần, thứ Năm, Sáng," and "9:30–11:00", which stay on one line. */
export function describeRhythm({ rhythm, anchorDate, window: id }: Plan) {
  const window = findWindow(bookingRules, id);
  const day = `${repeatNames[rhythm]} một lần, ${weekdayWithin(weekdayOf(anchorDate))}`;
  return window === undefined
    ? { rhythmDay: `${day},`, hours: id }
    : { rhythmDay: `${day}, ${window.label},`, hours: formatSpan(window) };
}

/** A plan in words, without personal data. */
export function describePlan(plan: Plan) {
  const { rhythmDay, hours } = describeRhythm(plan);
  const ward = findWard(plan.ward);
  return {
    code: plan.code,
    service: nameServices(plan),
    size: describeSizes(plan.services),
    ward: ward === undefined ? plan.ward : wardName(ward),
    /** "Hai tuần một lần, thứ Năm, Sáng, 9:30–11:00". */
    rhythm: `${rhythmDay} ${hours}`,
    pausedUntil: plan.pausedUntil === null ? null : formatDate(plan.pausedUntil),
  };
}

/** What marks a visit of a plan in a list of staff. */
export function regularMark({ planId }: Pick<Booking, 'planId'>): string | null {
  return planId === null ? null : 'khách định kỳ';
}
