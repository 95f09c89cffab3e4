import { correctionFieldNames, parseCorrection } from '../../shared/forms/correction.ts';
import type { RawFields } from '../../shared/forms/fields.ts';
import { type RightKind, rightKinds } from '../../shared/privacy/rights.ts';
import { outcomeNotices } from '../wording/outcomes.ts';
import type { AppContext } from '../web/context.ts';
import { answerCopy } from './copy.ts';
import type { DataRecord } from '../customer/access.ts';
import { answerMyData, myDataPath, roleOf } from './page.ts';
import { readPerson } from '../personal-data/read-person.ts';
import { correctDetails, eraseOnRequest, withdrawConsent } from './rights.ts';
import type { ActionRole } from '../signing/links.ts';
import { entryOf, type FoundRecord } from '../records/find-record.ts';
import { versionOfToken } from '../records/action.ts';

/** Fields of the forms on the page about a record's data. */
export const myDataFields = ['act', 'token', 'sure', ...correctionFieldNames] as const;

const ERASE_AGAIN =
  'Chưa xóa gì. Trang này do nhân viên mở, nên việc xóa cần chọn và bấm thêm một lần nữa ở mục Xóa thông tin.';
const NO_CHOICE = 'Chưa có gì thay đổi: anh/chị đánh dấu vào ô chọn rồi bấm lại.';

/** Answers a form on the page. Nothing changes unless its radio was ticked and its token is genuine and unexpired. */
export async function answerMyDataAction(
  c: AppContext,
  record: DataRecord,
  fields: RawFields,
): Promise<Response> {
  const act = rightKinds.find((kind) => kind === fields['act']);
  const sure = fields['sure'] ?? '';
  if (act === undefined || sure === '') {
    return answerMyData(c, record, {
      status: 422,
      notice: NO_CHOICE,
      open: openOf(act),
      ...kept(fields),
    });
  }
  const token = fields['token'] ?? '';
  const isLive = (role: ActionRole) => versionOfToken(c, { token, role }, entryOf(record));
  const isAgain = record.openedUntil !== null && (await isLive('erase')) !== null;
  if (!isAgain && (await isLive(roleOf(record))) === null) {
    return answerMyData(c, record, {
      ...outcomeNotices.expired,
      open: openOf(act),
      ...kept(fields),
    });
  }
  switch (act) {
    case 'see':
      return answerCopy(c, record, sure);
    case 'correct':
      return correct(c, record, fields);
    case 'withdraw':
      await withdrawConsent(c, record);
      return goBack(c, record, act);
    case 'erase':
      if (record.openedUntil !== null && !isAgain) return askAgain(c, record);
      await eraseOnRequest(c, record);
      return goBack(c, record, act);
  }
}

/** Staff opened the page, for the person or for themselves: erasing cannot be undone, so it takes a second form. */
function askAgain(c: AppContext, record: DataRecord): Promise<Response> {
  return answerMyData(c, record, {
    status: 200,
    notice: ERASE_AGAIN,
    open: 'erase',
    asksAgain: true,
  });
}

async function correct(c: AppContext, record: DataRecord, fields: RawFields): Promise<Response> {
  const view = await readPerson(c.env, entryOf(record), c.var.now);
  if (view.state === 'later') {
    return answerMyData(c, record, { status: 503, open: 'correct', ...kept(fields) });
  }
  if (record.kind === 'message' || view.state !== 'open') {
    return answerMyData(c, record, outcomeNotices.ended);
  }
  const parsed = parseCorrection(fields);
  if (!parsed.ok) {
    const { errors } = parsed;
    return answerMyData(c, record, { status: 422, errors, open: 'correct', ...kept(fields) });
  }
  const { correction } = parsed;
  const action = { record, token: fields['token'] ?? '', role: roleOf(record) };
  const outcome = await correctDetails(c, action, { person: view.person, correction });
  return outcome === 'done' || outcome === 'repeated'
    ? goBack(c, record, 'correct')
    : answerMyData(c, record, { ...outcomeNotices[outcome], open: 'correct', ...kept(fields) });
}

/** Redirects to the page, which says what was done. */
function goBack(c: AppContext, record: FoundRecord, done: RightKind): Response {
  return c.redirect(`${myDataPath(c, record)}&xong=${done}`, 303);
}

function openOf(act: string | undefined): string | undefined {
  return act === 'see' ? 'download' : act;
}

/** The typed values of the correction form, to be shown again. */
function kept(fields: RawFields): { values?: RawFields } {
  return fields['act'] === 'correct' ? { values: fields } : {};
}
