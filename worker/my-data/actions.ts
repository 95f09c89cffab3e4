import { correctionFieldNames, sizeFieldNames } from '../../shared/forms/correction.ts';
import type { RawFields } from '../../shared/forms/fields.ts';
import { type RightKind, rightKinds } from '../../shared/privacy/rights.ts';
import { outcomeNotices } from '../wording/outcomes.ts';
import type { AppContext } from '../web/context.ts';
import { answerCopy } from './copy.ts';
import { answerMyData, myDataPath, roleOf } from './page.ts';
import type { OpenedRecord } from '../customer/access.ts';
import { eraseOnRequest, requestWithCall, withdrawConsent } from '../records/rights.ts';
import type { ActionRole } from '../signing/links.ts';
import { answerCorrection } from '../customer/correct.ts';
import { entryOf } from '../records/find-record.ts';
import { versionOfToken } from '../records/action.ts';

/** Fields of the forms on the page about a record's data. */
export const myDataFields = [
  ...['act', 'token', 'sure'],
  ...correctionFieldNames,
  ...sizeFieldNames,
] as const;

const ERASE_AGAIN =
  'Chưa xóa gì. Trang này do nhân viên mở, nên việc xóa cần chọn và bấm thêm một lần nữa ở mục Xóa thông tin.';
const NO_CHOICE = 'Chưa có gì thay đổi: anh/chị đánh dấu vào ô chọn rồi bấm lại.';

/** Answers a form on the page. Nothing changes unless its radio was ticked and its token is genuine and unexpired. */
export async function answerMyDataAction(
  c: AppContext,
  record: OpenedRecord,
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
  const isByStaff = record.link.scope === 'staff';
  const isAgain = isByStaff && (await isLive('erase')) !== null;
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
    case 'erase':
      if (act === 'erase' && isByStaff && !isAgain) return askAgain(c, record);
      await withdrawOrErase(c, record, act);
      return goBack(c, record, act);
  }
}

/** Staff opened the page, for the person or for themselves: erasing cannot be undone, so it takes a second form. */
function askAgain(c: AppContext, record: OpenedRecord): Promise<Response> {
  return answerMyData(c, record, {
    status: 200,
    notice: ERASE_AGAIN,
    open: 'erase',
    asksAgain: true,
  });
}

/** Done at once by the own link or the one that staff made; by code and number only after staff have called. */
async function withdrawOrErase(
  c: AppContext,
  record: OpenedRecord,
  act: 'withdraw' | 'erase',
): Promise<void> {
  if (record.link.scope === 'phone') return requestWithCall(c, record, act);
  await (act === 'withdraw' ? withdrawConsent(c, record) : eraseOnRequest(c, record));
}

function correct(c: AppContext, record: OpenedRecord, fields: RawFields): Promise<Response> {
  return answerCorrection(c, record, {
    fields,
    page: {
      role: roleOf(record),
      answerDone: () => goBack(c, record, 'correct'),
      show: (notice) => answerMyData(c, record, { ...notice, open: 'correct' }),
    },
  });
}

/** Redirects to the page, which says what was done. */
function goBack(c: AppContext, record: OpenedRecord, done: RightKind): Response {
  return c.redirect(`${myDataPath(record)}&xong=${done}`, 303);
}

function openOf(act: string | undefined): string | undefined {
  return act === 'see' ? 'download' : act;
}

/** The typed values of the correction form, to be shown again. */
function kept(fields: RawFields): { values?: RawFields } {
  return fields['act'] === 'correct' ? { values: fields } : {};
}
