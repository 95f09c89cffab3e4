import { parseCorrection } from '../../shared/forms/correction.ts';
import type { RawFields } from '../../shared/forms/fields.ts';
import { type PersonView, readPerson } from '../personal-data/read-person.ts';
import { entryOf } from '../records/find-record.ts';
import { correctDetails } from '../records/correct-details.ts';
import type { ActionRole } from '../signing/links.ts';
import type { AppContext } from '../web/context.ts';
import { answerProblem, problems } from '../web/problems.ts';
import { type FormNotice, outcomeNotices } from '../wording/outcomes.ts';
import type { OpenedRecord } from './access.ts';
import { dailyLimit, runWithinDay } from './daily-limit.ts';

/** The page whose form sent a correction. */
interface CorrectionPage {
  role: ActionRole;
  /** The answer where it is stored; `person` as it was before. */
  answerDone: (person: Extract<PersonView, { state: 'open' }>['person']) => Response;
  /** The page again, with why nothing was stored and what was typed. */
  show: (notice: FormNotice) => Promise<Response>;
}

/** Corrects the fields of a booking or of a plan that a form sent. */
export async function answerCorrection(
  c: AppContext,
  record: OpenedRecord,
  { fields, page }: { fields: RawFields; page: CorrectionPage },
): Promise<Response> {
  const show = (notice: FormNotice) => page.show({ ...notice, values: fields });
  const view = await readPerson(c.env, entryOf(record), c.var.now);
  if (view.state === 'later') return answerProblem(c, problems.unavailable);
  if (record.kind === 'message' || view.state !== 'open') return show(outcomeNotices.ended);
  const parsed = parseCorrection(fields);
  if (!parsed.ok) return show({ status: 422, errors: parsed.errors });
  const action = { record, token: fields['token'] ?? '', role: page.role };
  const { person } = view;
  const outcome = await runWithinDay(c, dailyLimit('correct', entryOf(record).code), () =>
    correctDetails(c, action, { person, correction: parsed.correction }),
  );
  if (outcome === 'done' || outcome === 'repeated') return page.answerDone(person);
  return show(typeof outcome === 'string' ? outcomeNotices[outcome] : outcome);
}
