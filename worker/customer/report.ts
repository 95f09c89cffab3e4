import type { RawFields } from '../../shared/forms/fields.ts';
import { parseContactMessage } from '../../shared/forms/contact.ts';
import type { Person } from '../../shared/forms/person.ts';
import { troubleName } from '../../shared/jobs/troubles.ts';
import { readPerson } from '../personal-data/read-person.ts';
import { acceptMessage } from '../records/accept-message.ts';
import { versionOfToken } from '../records/action.ts';
import { textSpamReason } from '../records/spam-check.ts';
import { answerTaken, type Taken } from '../records/submission.ts';
import { wakeDeliveries } from '../records/wake-delivery.ts';
import { takeTry } from '../store/limits.ts';
import type { AppContext } from '../web/context.ts';
import { networkOf } from '../web/guard.ts';
import { answerProblem, problems } from '../web/problems.ts';
import { type FormNotice, outcomeNotices } from '../wording/outcomes.ts';
import { isComplainable } from '../wording/customer.ts';
import { canShowDetails, type OpenedBooking } from './access.ts';
import { dailyLimit, tooManyToday } from './daily-limit.ts';
import { answerBookingStatus } from './page.ts';

const NO_CHOICE = 'Anh/chị chưa chọn chuyện gì đã xảy ra. Chọn một dòng rồi bấm lại.';
const NOT_YET =
  'Buổi làm chưa bắt đầu nên chưa báo ở đây được. Nếu cần hỏi, anh/chị gọi và đọc mã.';

/**
 * Takes what went wrong with a visit as a complaint about it, with the name and number that the record has. It is genuine where
 * the sender's own link sent it.
 */
export async function answerReport(
  c: AppContext,
  record: OpenedBooking,
  fields: RawFields,
): Promise<Response> {
  const { booking, link } = record;
  const { now } = c.var;
  const refuse = (notice: FormNotice) =>
    answerBookingStatus(c, record, { ...notice, open: 'report', values: fields });
  if (!canShowDetails(link) || !isComplainable(booking, now)) {
    return refuse({ status: 409, notice: NOT_YET });
  }
  const trouble = troubleName(fields['trouble']);
  if (trouble === null) return refuse({ status: 422, notice: NO_CHOICE });
  const asked = { token: fields['token'] ?? '', role: 'customer' } as const;
  if ((await versionOfToken(c, asked, booking)) === null) return refuse(outcomeNotices.expired);
  const view = await readPerson(c.env, booking, now);
  if (view.state === 'later') return answerProblem(c, problems.unavailable);
  if (view.state !== 'open') return refuse(outcomeNotices.ended);
  const { person } = view;
  const sent = await sendComplaint(c, record, {
    ...{ person, said: `${trouble}.`, more: fields['more'] ?? '' },
  });
  if ('taken' in sent) return answerTaken(c, sent.taken, { status: 'open' });
  const { problem } = sent.refused;
  return problem === undefined ? refuse(sent.refused) : answerProblem(c, problem);
}

/** Stores a complaint about a visit with the name and number that its record has, or says why not. */
export async function sendComplaint(
  c: AppContext,
  { booking, link }: OpenedBooking,
  { person, said, more }: { person: Person; said: string; more: string },
): Promise<{ taken: Taken } | { refused: FormNotice }> {
  const { now } = c.var;
  const { name, phone, email } = person;
  const parsed = parseContactMessage({
    kind: 'complaint',
    code: booking.code,
    name,
    ...(phone === null ? {} : { phone }),
    ...(email === null ? {} : { email }),
    message: `${said}\n${more}`,
  });
  if (!parsed.ok) {
    const [first] = parsed.errors;
    const errors = first === undefined ? [] : [{ ...first, field: 'more' }];
    return { refused: { status: 422, errors } };
  }
  const limit = dailyLimit('report', booking.code);
  if (!(await takeTry(c.env.DB, { ...limit, now }))) return { refused: tooManyToday(limit) };
  const outcome = await acceptMessage(c.env, {
    message: parsed.message,
    isGenuine: link.scope === 'own',
    intent: null,
    holdReason: textSpamReason({}, parsed.message.message),
    network: networkOf(c),
    now,
  });
  if (outcome.cleanup) c.executionCtx.waitUntil(outcome.cleanup);
  if (!('record' in outcome)) {
    const isUncertain = outcome.outcome === 'uncertain';
    const problem = isUncertain ? problems.uncertain : problems.unavailable;
    return { refused: { status: 503, problem } };
  }
  wakeDeliveries(c, outcome.deliveryIds);
  return { taken: outcome };
}
