import { bookingRules } from '../content/catalogue.ts';
import { type Grid, type Rhythm, rhythms } from '../jobs/rhythm.ts';
import type { VisitService } from '../jobs/visit.ts';
import { type Weekday, weekdayOf, weekdays } from '../time.ts';
import { isBlank, tidyCode } from '../text.ts';
import { DateSchema, type FieldError, type RawFields } from './fields.ts';
import { servicesToFields } from './services.ts';
import * as v from 'valibot';

/** Names of the fields of the forms that change a plan. */
export const planFieldNames = ['until', 'rhythm', 'weekday', 'window'] as const;

/** What a form can ask of all visits of a plan that follow, without a person's details. */
export type AskedPlanChange =
  | { action: 'pause'; until: string }
  | { action: 'resume' | 'stop' }
  | { action: 'rhythm'; rhythm: Rhythm; weekday: Weekday; window: string };

/** Weekdays on which the company comes. */
export const planWeekdays: readonly Weekday[] = weekdays.filter(
  (weekday) => bookingRules.week[weekday].length > 0,
);

/** What the forms hold of a plan as it is. */
export function planToFields({
  rhythm,
  anchorDate,
  window,
  services,
}: Grid & { window: string; services: readonly VisitService[] }): RawFields {
  return { ...servicesToFields(services), rhythm, weekday: weekdayOf(anchorDate), window };
}

/** Whether an act of a form is one of these changes. */
export function isPlanAct(act: string): act is AskedPlanChange['action'] {
  return act === 'pause' || act === 'resume' || act === 'stop' || act === 'rhythm';
}

/** Reads a change of a plan, or says what is wrong with it field by field. */
export function parsePlanChange(
  act: AskedPlanChange['action'],
  raw: RawFields,
): { ok: true; change: AskedPlanChange } | { ok: false; errors: FieldError[] } {
  switch (act) {
    case 'resume':
    case 'stop':
      return { ok: true, change: { action: act } };
    case 'pause': {
      const until = v.safeParse(DateSchema, raw['until']);
      if (until.success) return { ok: true, change: { action: 'pause', until: until.output } };
      return { ok: false, errors: [{ field: 'until', message: until.issues[0].message }] };
    }
    case 'rhythm':
      return parseRhythm(raw);
  }
}

function parseRhythm(
  raw: RawFields,
): { ok: true; change: AskedPlanChange } | { ok: false; errors: FieldError[] } {
  const chosen = (name: string) => tidyCode(raw[name] ?? '');
  const rhythm = rhythms.find((known) => known === chosen('rhythm'));
  const weekday = planWeekdays.find((known) => known === chosen('weekday'));
  const window = bookingRules.windows.find(({ id }) => id === chosen('window'))?.id;
  const errors: FieldError[] = [];
  if (rhythm === undefined)
    errors.push({ field: 'rhythm', message: 'Anh/chị chọn Mỗi tuần, Hai tuần hoặc Bốn tuần.' });
  if (weekday === undefined)
    errors.push({ field: 'weekday', message: 'Anh/chị chọn một ngày trong tuần.' });
  if (window === undefined)
    errors.push({
      field: 'window',
      message: isBlank(raw['window'])
        ? 'Anh/chị chọn một khung giờ.'
        : 'Khung giờ này không có. Anh/chị chọn một khung giờ trong danh sách.',
    });
  if (rhythm === undefined || weekday === undefined || window === undefined)
    return { ok: false, errors };
  if (bookingRules.week[weekday].includes(window))
    return { ok: true, change: { action: 'rhythm', rhythm, weekday, window } };
  const message = 'Ngày này không nhận khung giờ ấy. Anh/chị chọn khung giờ khác hoặc ngày khác.';
  return { ok: false, errors: [{ field: 'window', message }] };
}
