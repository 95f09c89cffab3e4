import type { RawFields } from '../../shared/forms/fields.ts';
import { formatInstant, formatShortDate } from '../../shared/time.ts';
import { versionOfToken } from '../records/action.ts';
import type { ActionOutcome } from '../records/booking-action.ts';
import { entryOf, type FoundSubject } from '../records/find-record.ts';
import { lifeLimit } from '../records/find-tries.ts';
import { eraseOnRequest, withdrawConsent } from '../records/rights.ts';
import { forgetTries, isUsedUp } from '../store/limits.ts';
import { listRightsRequests, refuseRightsRequest } from '../store/rights-requests.ts';
import type { AppContext } from '../web/context.ts';
import { nothingChosen, type PageNotice } from '../wording/outcomes.ts';
import { staffRightNames } from '../wording/staff.ts';

/** What a record's staff page shows of requests that wait for a call, and whether four digits no longer find the record. */
export async function customerRequestsData(
  c: AppContext,
  { id, code }: { id: string; code: string },
) {
  const [requests, findClosed] = await Promise.all([
    listRightsRequests(c.env.DB, id),
    isUsedUp(c.env.DB, lifeLimit(code), c.var.now),
  ]);
  const asked = requests
    .filter(({ state, needsCall }) => state === 'open' && needsCall)
    .map(({ kind, createdAt, dueOn }) => ({
      kind,
      name: staffRightNames[kind],
      at: formatInstant(createdAt),
      due: formatShortDate(dueOn),
    }));
  return { asked, findClosed };
}

/** Answers the forms for those two. Null where another form was sent. */
export async function runCustomerRequest(
  c: AppContext,
  record: FoundSubject,
  fields: RawFields,
): Promise<ActionOutcome | PageNotice | null> {
  const { act, sure = '', right, token = '' } = fields;
  if (act !== 'right' && act !== 'reopen') return null;
  const isChosen = sure === 'yes' || (act === 'right' && sure === 'no');
  if (!isChosen) return nothingChosen;
  const entry = entryOf(record);
  if ((await versionOfToken(c, { token, role: 'staff' }, entry)) === null) return 'expired';
  if (act === 'reopen') {
    await forgetTries(c.env.DB, lifeLimit(entry.code).name);
    return 'done';
  }
  if (right !== 'withdraw' && right !== 'erase') return nothingChosen;
  return settleRight(c, record, { kind: right, isMeant: sure === 'yes' });
}

/** Carries out what the customer confirmed by telephone, or closes what they had not asked for. */
async function settleRight(
  c: AppContext,
  record: FoundSubject,
  { kind, isMeant }: { kind: 'withdraw' | 'erase'; isMeant: boolean },
): Promise<ActionOutcome> {
  const { id: subjectId } = entryOf(record);
  if (!isMeant) {
    const wasOpen = await refuseRightsRequest(c.env.DB, { subjectId, kind, now: c.var.now });
    return wasOpen ? 'done' : 'repeated';
  }
  const requests = await listRightsRequests(c.env.DB, subjectId);
  const isOpen = requests.some((one) => one.kind === kind && one.state === 'open' && one.needsCall);
  if (!isOpen) return 'repeated';
  await (kind === 'erase' ? eraseOnRequest(c, record) : withdrawConsent(c, record));
  return 'done';
}
