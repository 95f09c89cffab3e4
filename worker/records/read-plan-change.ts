import type { FieldError, RawFields } from '../../shared/forms/fields.ts';
import {
  type AskedPlanChange,
  isPlanAct,
  parsePlanChange,
} from '../../shared/forms/plan-change.ts';
import { canRepeat } from '../../shared/forms/repeat.ts';
import { parseServices } from '../../shared/forms/services.ts';
import type { VisitService } from '../../shared/jobs/visit.ts';
import { addDays, formatShortDate, toVietnamDate } from '../../shared/time.ts';
import type { Plan } from '../store/plans.ts';
import { isOffered, PAUSE_MAX_DAYS } from './plan-decisions.ts';

/** What the forms of a plan's page ask of all visits that follow, the contact details apart. */
export type AskedChange = AskedPlanChange | { action: 'services'; services: VisitService[] };

type Parsed = { ok: true; change: AskedChange } | { ok: false; errors: FieldError[] };

const ONCE_ONLY = 'Dịch vụ đã chọn chỉ nhận từng lần. Anh/chị bỏ bớt dịch vụ không làm định kỳ.';
const TOO_LONG =
  'Những dịch vụ này không kịp làm trong khung giờ của lịch. Anh/chị đổi khung giờ trước, hoặc chọn bớt dịch vụ.';
const NO_ROOM =
  'Khung giờ này không đủ cho các dịch vụ của lịch. Anh/chị chọn khung giờ sớm hơn hoặc ngày khác.';

/** Whether a form asks for such a change. */
export function isChangeAct(act: string): act is AskedChange['action'] {
  return isPlanAct(act) || act === 'services';
}

/** Reads what a form of a plan's page asks for, or says field by field what is wrong with it. */
export function readPlanChange(
  act: AskedChange['action'],
  raw: RawFields,
  { plan, now }: { plan: Plan; now: Date },
): Parsed {
  if (act === 'services') return readServices(raw, plan);
  const parsed = parsePlanChange(act, raw);
  if (!parsed.ok) return parsed;
  const { change } = parsed;
  if (change.action === 'pause') {
    const today = toVietnamDate(now);
    const last = addDays(today, PAUSE_MAX_DAYS);
    const message = `Anh/chị chọn một ngày từ ngày mai đến ${formatShortDate(last)}.`;
    if (change.until <= today || change.until > last) return refuse('until', message);
  }
  if (!isOffered(plan, change)) return refuse('window', NO_ROOM);
  return parsed;
}

function readServices(raw: RawFields, plan: Plan): Parsed {
  const { services, errors } = parseServices(raw, plan.visit);
  if (errors.length > 0) return { ok: false, errors };
  if (!canRepeat({ visit: plan.visit, services })) return refuse('service', ONCE_ONLY);
  const change: AskedChange = { action: 'services', services };
  return isOffered(plan, change) ? { ok: true, change } : refuse('service', TOO_LONG);
}

function refuse(field: string, message: string): Parsed {
  return { ok: false, errors: [{ field, message }] };
}
