import { bookingRules, findCrew } from '../../../shared/content/catalogue.ts';
import { windowsOn } from '../../../shared/jobs/availability.ts';
import type { RawFields } from '../../../shared/forms/fields.ts';
import { type BookingTransition } from '../../../shared/states.ts';
import { bareCode, isBlank } from '../../../shared/text.ts';
import { toVietnamDate } from '../../../shared/time.ts';
import { runBookingAction } from '../../records/booking-action.ts';
import { setCrewOff, setSeats } from '../../store/crews.ts';
import { crewKind, raiseEpoch } from '../../store/link-epochs.ts';
import type { AppContext } from '../../web/context.ts';
import { outcomeNotices, type PageNotice } from '../../wording/outcomes.ts';
import { hasBegun } from '../job-page.ts';
import { crewName, crewOf, readCrewChoice } from '../../records/crews.ts';
import { type Day, dayOpenUntil } from './day.ts';

/** Most seats that staff can set, as in content/booking.json. */
const SEATS_MAX = 50;

/** What was done as the address of the page that follows names it, and to which job; or what to say where nothing was. */
export type DayResult = { done: string; job?: string } | PageNotice;

const ASSIGNED = 'doi';

/** The notice after a form was answered, by the key in the address of the page that follows. */
const dayNotices: Readonly<Record<string, string>> = {
  nghi: 'Đã ghi đội nghỉ. Việc của đội ở mục “Chưa có đội”. Việc hơn số chỗ ở dưới, có sẵn tin cho từng khách; không việc nào bị hủy.',
  lam: 'Đã ghi đội đi làm lại.',
  dong: 'Đã đóng đường dẫn đã gửi cho đội, cả lịch của đội trên điện thoại. Đường dẫn mới ở mục “Việc cho từng đội”, lịch mới ở lịch tuần.',
  cho: 'Đã đổi số chỗ. Việc đã có vẫn giữ; việc hơn số chỗ ở dưới, có sẵn tin cho từng khách.',
  'bao-onTheWay': 'Đã báo đang đến.',
  'bao-atWork': 'Đã báo đang làm.',
  'bao-complete': 'Đã báo xong.',
  'bao-noShow': 'Đã báo khách vắng.',
};

/** What was done, as the notice says it: `job` is the id of the job that was given to a crew. */
export function describeDayDone(day: Day, done: string, job: string): string | undefined {
  if (done !== ASSIGNED) return Object.hasOwn(dayNotices, done) ? dayNotices[done] : undefined;
  const booking = day.crew === null ? day.jobs.find(({ id }) => id === job) : undefined;
  if (booking === undefined) return undefined;
  const crew = crewOf(booking, day.set.off);
  return `${booking.code}: ${crew === null ? 'đã bỏ đội' : `đã giao cho ${crewName(crew)}`}.`;
}

const NOT_CHOSEN = {
  status: 422,
  notice: 'Chưa làm gì vì chưa chọn đủ. Chọn rồi bấm lại.',
} as const;

/** Gives a job to a crew, or takes it back: one tap where the details are open, since somebody has opened them by hand. */
export async function assign(c: AppContext, day: Day, fields: RawFields): Promise<DayResult> {
  const booking = day.jobs.find(({ id }) => id === fields['job']);
  const crew = readCrewChoice(fields['crew'], day.set.off);
  if (booking === undefined || crew === undefined) return NOT_CHOSEN;
  if ((await dayOpenUntil(c, day)) === null) {
    return { status: 422, notice: 'Mở cả ngày trước, rồi giao đội bằng một lần bấm.' };
  }
  const token = fields['jobToken'] ?? '';
  const asked = { booking, transition: 'assign', actor: 'staff', token, crew } as const;
  return resultOf(await runBookingAction(c, asked), { done: ASSIGNED, job: booking.id });
}

/** Says that a crew is off or works again, or closes the links that it was sent. */
export async function changeCrew(c: AppContext, day: Day, fields: RawFields): Promise<DayResult> {
  const [verb = '', crew = ''] = (fields['choice'] ?? '').split('/');
  if (findCrew(crew) === undefined) return NOT_CHOSEN;
  if (verb === 'close') {
    await raiseEpoch(c.env.DB, crewKind(crew), c.var.now);
    return { done: 'dong' };
  }
  if (verb !== 'off' && verb !== 'on') return NOT_CHOSEN;
  await setCrewOff(c.env.DB, { date: day.date, crew, off: verb === 'off' });
  return { done: verb === 'off' ? 'nghi' : 'lam' };
}

/** Sets the seats of the day or of a window; an empty number takes what was set back. */
export async function changeSeats(
  c: AppContext,
  { date }: Day,
  fields: RawFields,
): Promise<DayResult> {
  const choice = fields['window'] ?? '';
  const window = choice === 'day' ? '' : choice;
  const isOffered = windowsOn(bookingRules, date).some(({ id }) => id === window);
  if (!isOffered && choice !== 'day') return NOT_CHOSEN;
  const { seats: typed = '' } = fields;
  const number = bareCode(typed);
  const seats = isBlank(typed) ? null : Number(number);
  if (seats !== null && (!/^\d{1,2}$/.test(number) || seats > SEATS_MAX)) {
    return { status: 422, notice: `Chưa đổi. Ghi số chỗ từ 0 đến ${SEATS_MAX}, ví dụ 2.` };
  }
  await setSeats(c.env.DB, { date, window, seats });
  return { done: 'cho' };
}

/** What a crew can say of a job, by the transition that it asks for. */
const marks: readonly BookingTransition[] = ['onTheWay', 'atWork', 'complete', 'noShow'];

/** A crew says how a job of its own stands, on the day itself. */
export async function markJob(c: AppContext, day: Day, fields: RawFields): Promise<DayResult> {
  const { now } = c.var;
  const transition = marks.find((mark) => mark === fields['mark']);
  const booking = day.jobs.find(({ id }) => id === fields['job']);
  const isOwn = booking !== undefined && crewOf(booking, day.set.off) === day.crew;
  if (transition === undefined || !isOwn) return NOT_CHOSEN;
  const isResult = transition === 'complete' || transition === 'noShow';
  if (toVietnamDate(now) !== day.date || (isResult && !hasBegun(booking, now))) {
    return { status: 422, notice: 'Chưa báo được vì chưa đến giờ làm.' };
  }
  const token = fields['jobToken'] ?? '';
  const asked = { booking, transition, actor: 'crew', token } as const;
  return resultOf(await runBookingAction(c, asked), { done: `bao-${transition}` });
}

function resultOf(
  outcome: Awaited<ReturnType<typeof runBookingAction>>,
  done: DayResult,
): DayResult {
  return outcome === 'done' ? done : outcomeNotices[outcome];
}
