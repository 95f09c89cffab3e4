import { Hono } from 'hono';
import { company } from '../../shared/content/catalogue.ts';
import { parseCode } from '../../shared/jobs/code.ts';
import type { FieldError } from '../../shared/forms/fields.ts';
import { lastFour } from '../../shared/phone.ts';
import { tidyCode } from '../../shared/text.ts';
import type { AppContext, AppEnv } from '../web/context.ts';
import { answerEnded, hasLinkEnded } from './access.ts';
import { answerFindPage } from './find-page.ts';
import { customerPath } from '../signing/links.ts';
import { isServiceFailure } from '../base/failures.ts';
import { logError } from '../base/log.ts';
import { answerProblem, problems, setProblemHeaders } from '../web/problems.ts';
import { readFields } from '../web/read-fields.ts';
import { readPerson } from '../personal-data/read-person.ts';
import { returnTry, secondsToNextHour, takeTry } from '../store/limits.ts';
import { withSlash } from '../web/pages.ts';
import { findRecord, type FoundRecord } from '../records/find-record.ts';

/** Wrong tries allowed for one code in an hour. */
const TRIES_PER_HOUR = 5;
const DIGITS = 4;

const NOT_FOUND =
  'Mã và bốn số cuối này không khớp với yêu cầu nào. Anh/chị xem lại mã, hoặc thử số điện thoại khác đã để lại. Yêu cầu đã hết hạn lưu hoặc đã xóa thông tin thì không tìm lại được bằng số điện thoại.';
const TOO_OFTEN =
  'Mã này đã được thử sai 5 lần trong một giờ, nên tạm khóa để giữ kín thông tin. Anh/chị chờ sang giờ sau hoặc gọi cho chúng tôi.';

/** `/don/`: finds a record again by its code and the last four digits of its phone number. */
export const findRoutes = new Hono<AppEnv>()
  .get('/don', (c) => c.redirect(withSlash(c.req.url), 308))
  .get('/don/', (c) => answerFindPage(c, { values: {} }))
  .post('/don/', async (c) => {
    const read = await readFields(c.req.raw, ['code', 'digits']);
    if (!read.ok) return answerProblem(c, problems[read.reason]);
    const typed = read.fields['code'] ?? '';
    const code = parseCode(company.codePrefix, typed);
    const digits = tidyCode(read.fields['digits'] ?? '').replace(/\D/g, '');
    const errors = checkFields(code, digits);
    if (code === null || errors.length > 0) {
      return answerFindPage(c, { values: { code: typed }, errors, status: 422 });
    }
    try {
      return await answerTry(c, code, digits);
    } catch (error) {
      if (!isServiceFailure(error)) throw error;
      logError('find_failed', error, { requestId: c.var.requestId });
      setProblemHeaders(c, problems.failed);
      const { status, detail } = problems.failed;
      return answerFindPage(c, { values: { code: typed }, notice: detail, status });
    }
  });

/** Counts the try before it compares the digits, so that parallel guesses too are limited to five. */
async function answerTry(c: AppContext, code: string, digits: string): Promise<Response> {
  const { now, linkKeys } = c.var;
  const name = `find:${code}`;
  if (!(await takeTry(c.env.DB, { name, limit: TRIES_PER_HOUR, now })))
    return answerLocked(c, code);
  const record = await findRecord(c.env.DB, code);
  if (record === null || !(await hasDigits(c, record, digits))) {
    return answerFindPage(c, { values: { code }, notice: NOT_FOUND, status: 422 });
  }
  await returnTry(c.env.DB, name, now);
  if (hasLinkEnded(record, now)) return answerEnded(c, record);
  const found = record.kind === 'booking' ? record.booking : record.message;
  return c.redirect(await customerPath(linkKeys, found), 303);
}

function answerLocked(c: AppContext, code: string): Promise<Response> {
  c.header('Retry-After', String(secondsToNextHour(c.var.now)));
  return answerFindPage(c, { values: { code }, notice: TOO_OFTEN, status: 429 });
}

function checkFields(code: string | null, digits: string): FieldError[] {
  const errors: FieldError[] = [];
  if (code === null) {
    const message = `Mã chưa đúng. Mã có dạng ${company.codePrefix}8K3M2QX, xem trong ảnh chụp màn hình lúc gửi.`;
    errors.push({ field: 'code', message });
  }
  if (digits.length < DIGITS) {
    errors.push({ field: 'digits', message: 'Ghi đủ bốn số cuối của số điện thoại đã để lại.' });
  }
  return errors;
}

/** Whether the digits end the record's phone number. Where more than four were typed, the last four are compared. */
async function hasDigits(c: AppContext, record: FoundRecord, digits: string): Promise<boolean> {
  const sealed = record.kind === 'booking' ? record.booking : record.message;
  const view = await readPerson(c.env, sealed, c.var.now);
  if (view.state !== 'open' || view.person.phone === null) return false;
  return lastFour(view.person.phone) === digits.slice(-DIGITS);
}
