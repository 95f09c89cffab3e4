import { findCrew } from '../../../shared/content/catalogue.ts';
import { isCalendarDate } from '../../../shared/time.ts';
import { crewDayEnd, dayLinkEnd, splitDayToken } from '../../signing/staff-links.ts';
import { crewKind, findEpochs } from '../../store/link-epochs.ts';
import type { AppContext } from '../../web/context.ts';
import { answerProblem } from '../../web/problems.ts';
import type { DayView } from './day.ts';

const wrongStaffLink = {
  status: 403,
  title: 'Đường dẫn không dùng được',
  detail:
    'Đường dẫn đến ngày này đã hết hạn, đã được đóng hoặc bị thiếu chữ. Nhận đường dẫn mới ở trang /viec/, thư về hộp thư của văn phòng.',
  staff: true,
} as const;

/** A crew has no mailbox of its own: the office sends its link. */
const wrongCrewLink = {
  status: 403,
  title: 'Đường dẫn không dùng được',
  detail:
    'Đường dẫn của đội đến ngày này đã hết hạn, đã được đóng hoặc bị thiếu chữ. Anh/chị gọi văn phòng để nhận đường dẫn mới.',
} as const;

/** Answers a link that opens no day, to staff and to a crew as each gets a new one. */
export function refuseLink(c: AppContext): Promise<Response> {
  const { crew } = splitDayToken(c.req.param('token') ?? '');
  return answerProblem(c, crew === null ? wrongStaffLink : wrongCrewLink);
}

/** The day that a link opens, for staff or for one crew; null where it opens none. */
export async function openLink(c: AppContext): Promise<DayView | null> {
  const date = c.req.param('date') ?? '';
  const token = c.req.param('token') ?? '';
  if (!isCalendarDate(date)) return null;
  const { staffKeys: keys, now } = c.var;
  const { crew, proof } = splitDayToken(token);
  if (crew !== null && findCrew(crew) === undefined) return null;
  const own = crew === null ? [] : [crewKind(crew)];
  const [epoch = 0, crewEpoch = 0] = await findEpochs(c.env.DB, ['staff', ...own]);
  const signing = { keys, now, epoch };
  const until =
    crew === null
      ? await dayLinkEnd(signing, date, token)
      : await crewDayEnd(signing, { crew, crewEpoch, date }, proof);
  if (until === null) return null;
  c.set('staffSigning', { ...signing, until });
  return { date, token, crew };
}
