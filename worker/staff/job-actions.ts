import { listJobSlots, refuseStart } from '../../shared/jobs/availability.ts';
import { measureVisit } from '../../shared/jobs/visit.ts';
import type { RawFields } from '../../shared/forms/fields.ts';
import { isReasonOf } from '../../shared/jobs/reasons.ts';
import { listCallTimes } from '../../shared/jobs/call-times.ts';
import { correctionFieldNames } from '../../shared/forms/correction.ts';
import { type BookingTransition, isLive } from '../../shared/states.ts';
import { readCrewChoice } from '../records/crews.ts';
import { type ActionOutcome, runBookingAction, isAt } from '../records/booking-action.ts';
import { answerAction, type FormNotice, nothingChosen } from '../wording/outcomes.ts';
import type { AppContext } from '../web/context.ts';
import { selfPath } from './access.ts';
import { runCustomerRequest } from './customer-requests.ts';
import { openDetails } from './details.ts';
import { runCorrection } from './correction.ts';
import { isOpenForStaff } from '../web/details-cookie.ts';
import { answerJobPage, hasBegun, staffRules } from './job-page.ts';
import { moneyFieldNames, runMoneyAction } from './money.ts';
import { runServicesAction, serviceFieldNames } from './services.ts';
import { type Booking, findBooking } from '../store/bookings.ts';
import { readCrewDay } from '../store/crews.ts';
import { readSlot } from '../time-windows/window-choice.ts';
import { versionOfToken } from '../records/action.ts';

/** Fields of the forms on the staff pages. */
export const staffActionFields = [
  'act',
  'token',
  'sure',
  'reason',
  'slot',
  'code',
  'right',
  'again',
  'staffNote',
  'ward',
  'crew',
  ...correctionFieldNames,
  ...moneyFieldNames,
  ...serviceFieldNames,
] as const;

const TOO_EARLY = 'Việc này chưa đến giờ nên chưa ghi kết quả được.';

/** Acts whose transition has another name: "Khách hủy" is a cancellation too, by staff for the customer. */
const CANCEL_FOR = 'cancelFor';

/** Transitions that staff may ask for on the job's page. */
const staffTransitions: readonly BookingTransition[] = [
  'confirm',
  'decline',
  'reschedule',
  'complete',
  'noShow',
  'cancel',
  'unreachable',
  'release',
  'drop',
  'undoConfirm',
  'undoDecline',
  'undoResult',
  'undoCancel',
];

/**
 * Answers a form on the job's page. Nothing changes and no details are shown unless a radio was chosen; where the details are
 * open somebody has chosen one by hand, and a button alone is enough.
 */
export async function answerJobAction(
  c: AppContext,
  booking: Booking,
  fields: RawFields,
): Promise<Response> {
  const act = fields['act'] ?? '';
  const token = fields['token'] ?? '';
  if (act === 'open') return answerOpening(c, booking, { chosen: fields['sure'] === 'yes', token });
  const settled = await runCustomerRequest(c, { kind: 'booking', booking }, fields);
  if (settled !== null) return finish(c, { booking, act: '' }, settled);
  const noted =
    (await runMoneyAction(c, booking, fields)) ??
    (await runServicesAction(c, booking, fields)) ??
    (await runCorrection(c, { kind: 'booking', booking }, fields));
  if (noted !== null) return finish(c, { booking, act }, noted);
  if (act === 'assign') return answerAssignment(c, booking, fields);
  const transition =
    act === CANCEL_FOR ? 'cancel' : staffTransitions.find((known) => known === act);
  if (transition === undefined)
    return refuse(c, booking, { notice: 'Anh/chị chọn một mục rồi bấm lại.' });
  const isOpen = await isOpenForStaff(c, booking);
  const given = isOpen ? { ...fields, sure: 'yes' } : fields;
  const { visitStartsAt } = booking;
  const chosen = readChoice({ act, transition }, given, { now: c.var.now, visitStartsAt });
  if (chosen === null) {
    return refuse(c, booking, { ...nothingChosen, open: act });
  }
  const refusal =
    (transition === 'complete' || transition === 'noShow') && !hasBegun(booking, c.var.now)
      ? TOO_EARLY
      : refuseNewStart(c, booking, chosen.start);
  if (refusal !== null) return refuse(c, booking, { notice: refusal, open: act });
  if (!hasPlace(booking, { transition, ...chosen }, c.var.now)) {
    return finish(c, { booking, act }, 'full');
  }
  const actor = act === 'cancel' ? 'company' : 'staff';
  const asked = { booking, transition, actor, token, ...chosen } as const;
  return finish(c, { booking, act }, await runBookingAction(c, asked));
}

/** Gives the job to a crew by a button alone: it is there only while the details are open. */
async function answerAssignment(
  c: AppContext,
  booking: Booking,
  { crew: chosen, token = '' }: RawFields,
): Promise<Response> {
  const isOpen = await isOpenForStaff(c, booking);
  const { off } = await readCrewDay(c.env.DB, booking.visitDate);
  const crew = readCrewChoice(chosen, off);
  if (!isOpen || crew === undefined)
    return refuse(c, booking, { notice: 'Mở liên hệ của khách, rồi chọn đội.' });
  const asked = { booking, transition: 'assign', actor: 'staff', token, crew } as const;
  return finish(c, { booking, act: 'assign' }, await runBookingAction(c, asked));
}

interface Choice {
  reason?: string;
  start?: { date: string; window: string };
  callAgainAt?: Date;
}

/** Transitions that a window can be chosen for. */
const movable: readonly BookingTransition[] = ['reschedule', 'release', 'undoCancel'];

/** What was chosen in the form of a transition, or null where nothing was. */
function readChoice(
  { act, transition }: { act: string; transition: BookingTransition },
  fields: RawFields,
  { now, visitStartsAt }: { now: Date; visitStartsAt: Date },
): Choice | null {
  if (transition === 'unreachable') {
    const time = listCallTimes(now, visitStartsAt).find(({ id }) => id === fields['again']);
    return time === undefined ? null : { callAgainAt: time.at };
  }
  const start = readSlot(fields['slot']);
  const reason = fields['reason'] ?? '';
  if (act === 'decline' || act === 'cancel')
    return isReasonOf(transition, reason) ? { reason } : null;
  if (start !== null && movable.includes(transition)) return { start };
  return transition !== 'reschedule' && fields['sure'] === 'yes' ? {} : null;
}

function refuseNewStart(c: AppContext, booking: Booking, start: Choice['start']): string | null {
  const visit = measureVisit(booking);
  if (start === undefined || visit === undefined) return null;
  if (isLive(booking.state) && booking.state !== 'held' && isAt(booking, start)) return null;
  return refuseStart({ rules: staffRules, visit, now: c.var.now }, start)?.message ?? null;
}

/** Whether the window that a transition takes a seat in is offered, full or not. */
function hasPlace(
  booking: Booking,
  { transition, start }: Choice & { transition: BookingTransition },
  now: Date,
): boolean {
  if (transition === 'undoCancel')
    return isOffered(booking, start ?? { date: booking.visitDate, window: booking.window }, now);
  return transition !== 'release' || isOffered(booking, start, now);
}

/** Whether a quarantined request can still be released to its window, or to another one chosen for it. */
export function isOffered(booking: Booking, start: Choice['start'], now: Date): boolean {
  if (start === undefined && booking.visitStartsAt <= now) return false;
  const visit = measureVisit(booking);
  const slot = start ?? { date: booking.visitDate, window: booking.window };
  return visit !== undefined && listJobSlots(staffRules, visit, slot) !== null;
}

async function answerOpening(
  c: AppContext,
  booking: Booking,
  { chosen, token }: { chosen: boolean; token: string },
): Promise<Response> {
  if (!chosen) return refuse(c, booking, { notice: 'Đánh dấu vào ô bên dưới rồi bấm lại.' });
  if ((await versionOfToken(c, { token, role: 'staff' }, booking)) === null)
    return finish(c, { booking, act: 'open' }, 'expired');
  const opened = await openDetails(c, booking);
  if (opened !== 'open')
    return answerJobPage(c, booking, { status: opened === 'later' ? 503 : 410 });
  return c.redirect(selfPath(c, booking), 303);
}

function refuse(
  c: AppContext,
  booking: Booking,
  { notice, open }: { notice: string; open?: string },
): Promise<Response> {
  return answerJobPage(c, booking, { status: 422, notice, open });
}

function finish(
  c: AppContext,
  { booking, act }: { booking: Booking; act: string },
  outcome: ActionOutcome | FormNotice,
): Promise<Response> {
  return answerAction(c, outcome, {
    path: async () => `${selfPath(c, booking)}${act === '' ? '' : '?xong=1'}`,
    show: async (notice) => {
      const newest = (await findBooking(c.env.DB, booking.id)) ?? booking;
      return answerJobPage(c, newest, {
        ...notice,
        open: outcome === 'full' ? (act === 'undoCancel' ? act : 'reschedule') : notice.open,
      });
    },
  });
}
