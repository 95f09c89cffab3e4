import type { RawFields } from '../../shared/forms/fields.ts';
import { parseRating } from '../../shared/forms/rating.ts';
import { type Rating, ratingNames } from '../../shared/jobs/ratings.ts';
import { readPerson } from '../personal-data/read-person.ts';
import { versionOfToken } from '../records/action.ts';
import { runBookingAction } from '../records/booking-action.ts';
import { answerTaken, type Taken } from '../records/submission.ts';
import { type Booking, findBooking } from '../store/bookings.ts';
import { readDealings } from '../store/dealings.ts';
import type { AppContext } from '../web/context.ts';
import { answerProblem, problems } from '../web/problems.ts';
import { answerAction, type FormNotice, outcomeNotices } from '../wording/outcomes.ts';
import { canShowDetails, type OpenedBooking } from './access.ts';
import { dailyLimit, runWithinDay } from './daily-limit.ts';
import { isRatable } from './dealings.ts';
import { changedPath } from './last-change.ts';
import { answerBookingStatus } from './page.ts';
import { sendComplaint } from './report.ts';

/**
 * Notes what a customer says of a finished visit. The answer "poor" is a complaint too, stored before the rating: where the
 * rating then fails and is sent again, the complaint is known as the same.
 */
export async function answerRating(
  c: AppContext,
  record: OpenedBooking,
  fields: RawFields,
): Promise<Response> {
  const { booking, link } = record;
  const { now } = c.var;
  const token = fields['token'] ?? '';
  const refuse = (notice: FormNotice) =>
    answerBookingStatus(c, record, { ...notice, open: 'rate', values: fields });
  const parsed = parseRating(fields);
  if (!parsed.ok) return refuse({ status: 422, errors: parsed.errors });
  if (!canShowDetails(link)) return refuse({ status: 403 });
  if ((await versionOfToken(c, { token, role: 'customer' }, booking)) === null)
    return refuse(outcomeNotices.expired);
  const [{ rating: before }, view] = await Promise.all([
    readDealings(c.env.DB, booking.id),
    readPerson(c.env, booking, now),
  ]);
  const refusal = isRatable(booking, { rating: before, now });
  if (refusal !== null) return refuse({ status: 409, notice: refusal });
  if (view.state === 'later') return answerProblem(c, problems.unavailable);
  if (view.state !== 'open') return refuse(outcomeNotices.ended);
  const { person } = view;
  const { rating, words } = parsed;
  const complaints: Taken[] = [];
  const outcome = await runWithinDay(c, dailyLimit('rate', booking.code), async () => {
    if (rating === 'poor' && before?.rating !== 'poor') {
      const said = `Đánh giá: ${ratingNames.poor}.`;
      const sent = await sendComplaint(c, record, { person, said, more: words ?? '' });
      if (!('taken' in sent)) return renameField(sent.refused);
      complaints.push(sent.taken);
    }
    return runBookingAction(c, {
      ...{ booking, transition: 'rate', actor: 'customer', token },
      person: { ...person, ratingWords: words },
      amendment: { kind: 'rating', rating },
      isSame: () => isWritten(c, booking, { rating, words }),
    });
  });
  const [complaint] = complaints;
  if (complaint !== undefined && outcome === 'done')
    return answerTaken(c, complaint, { status: 'open' });
  return answerAction(c, outcome, {
    path: () => changedPath(link.self, 'rate'),
    show: async (notice) => {
      const newest = (await findBooking(c.env.DB, booking.id)) ?? booking;
      const again = notice.status === 200 ? {} : { open: 'rate', values: fields };
      return answerBookingStatus(c, { ...record, booking: newest }, { ...notice, ...again });
    },
  });
}

/** Whether a record has this rating with these words. */
async function isWritten(
  c: AppContext,
  { id }: Booking,
  { rating, words }: { rating: Rating; words: string | null },
): Promise<boolean> {
  const [dealings, newest] = await Promise.all([
    readDealings(c.env.DB, id),
    findBooking(c.env.DB, id),
  ]);
  if (newest === null || dealings.rating?.rating !== rating) return false;
  const view = await readPerson(c.env, newest, c.var.now);
  return view.state === 'open' && view.person.ratingWords === words;
}

/** The words of a rating stand in a field of their own. */
function renameField(notice: FormNotice): FormNotice {
  const errors = notice.errors?.map((error) => ({ ...error, field: 'words' }));
  return errors === undefined ? notice : { ...notice, errors };
}
