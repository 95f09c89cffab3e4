import { Hono } from 'hono';
import { company } from '../../shared/content/catalogue.ts';
import { parseCode } from '../../shared/jobs/code.ts';
import type { FieldError } from '../../shared/forms/fields.ts';
import type { Person } from '../../shared/forms/person.ts';
import { lastFour, parsePhone } from '../../shared/phone.ts';
import { tidyCode } from '../../shared/text.ts';
import type { AppContext, AppEnv } from '../web/context.ts';
import { showToSender } from '../web/details-cookie.ts';
import { toNetwork } from '../web/guard.ts';
import { answerEnded, hasLinkEnded } from './access.ts';
import { answerFindPage } from './find-page.ts';
import { type FoundBy, foundPath } from '../signing/links.ts';
import { keyedHash } from '../signing/tokens.ts';
import { isServiceFailure } from '../base/failures.ts';
import { logError } from '../base/log.ts';
import { answerUnread, problems, setProblemHeaders } from '../web/problems.ts';
import { readFields } from '../web/read-fields.ts';
import { readPerson, type SealedRecord } from '../personal-data/read-person.ts';
import {
  returnTries,
  secondsToNextDay,
  secondsToNextHour,
  takeTries,
  takeTry,
  type TryLimit,
} from '../store/limits.ts';
import { withSlash } from '../web/pages.ts';
import { entryOf, findSubject } from '../records/find-record.ts';
import { hourLimit, lifeLimit, numberLimits, unknownLimit } from '../records/find-tries.ts';

/** Digits of the number's end that find a record. */
const DIGITS = 4;

const NOT_FOUND =
  'Mã và số này không khớp với đơn hay tin nhắn nào. Anh/chị xem lại mã, hoặc thử số điện thoại khác đã để lại. Đơn hoặc tin đã hết hạn lưu, đã xóa thông tin thì không tìm lại được bằng số điện thoại.';
const DIGITS_LOCKED =
  'Bốn số cuối điện thoại cho mã này đã bị thử sai nhiều lần, nên tạm khóa để giữ kín thông tin. Anh/chị ghi cả số điện thoại đã để lại vào ô thứ hai, hoặc gọi cho chúng tôi.';
const NUMBER_LOCKED =
  'Số điện thoại cho mã này đã bị thử sai nhiều lần, nên tạm khóa để giữ kín thông tin. Anh/chị chờ sang giờ sau hoặc gọi cho chúng tôi.';
const NUMBER_LOCKED_FOR_DAY =
  'Số điện thoại cho mã này đã bị thử sai nhiều lần trong ngày, nên tạm khóa để giữ kín thông tin. Anh/chị chờ sang ngày mai hoặc gọi cho chúng tôi.';

/** What was typed beside the code: the last four digits, or the whole number as E.164. */
interface TypedNumber {
  by: FoundBy;
  number: string;
}

/** Stands for the record of a code that none has, so that it costs the same reads. */
const NOBODY: SealedRecord = {
  id: 'nobody',
  sealed: new Uint8Array(1),
  keyEndsAt: new Date(8.64e15),
  erasedAt: null,
  createdAt: new Date(0),
};

/** `/don/`: finds a record again by its code and its phone number, the last four digits or all of it. */
export const findRoutes = new Hono<AppEnv>()
  .get('/don', (c) => c.redirect(withSlash(c.req.url), 308))
  .get('/don/', (c) => answerFindPage(c, { values: {} }))
  .post('/don/', async (c) => {
    const read = await readFields(c.req.raw, ['code', 'digits']);
    if (!read.ok) return answerUnread(c, read);
    const typed = read.fields['code'] ?? '';
    const code = parseCode(company.codePrefix, typed);
    const number = readNumber(read.fields['digits'] ?? '');
    const errors = checkFields(code, number);
    if (code === null || number === null) {
      return answerFindPage(c, { values: { code: typed }, errors, status: 422 });
    }
    try {
      return await answerTry(c, code, number);
    } catch (error) {
      if (!isServiceFailure(error)) throw error;
      logError('find_failed', error, { requestId: c.var.requestId });
      return answerFailed(c, code);
    }
  });

/** Counts the try before it compares the number, so that parallel guesses too are limited. A right one is not counted. */
async function answerTry(c: AppContext, code: string, typed: TypedNumber): Promise<Response> {
  const { now, linkKeys } = c.var;
  const db = c.env.DB;
  const record = await findSubject(db, code);
  const limits = await limitsOf(c, { code, typed, isThere: record !== null });
  const usedUp = await takeTries(db, limits, now);
  if (usedUp !== null) return answerLocked(c, { code, typed, usedUp });
  const view = await readPerson(c.env, record === null ? NOBODY : entryOf(record), now);
  if (view.state === 'later') {
    await returnTries(db, limits, now);
    return answerFailed(c, code);
  }
  if (record === null || view.state !== 'open' || !isNumberOf(view.person, typed)) {
    return answerFindPage(c, { values: { code }, notice: NOT_FOUND, status: 422 });
  }
  await returnTries(db, limits, now);
  if (hasLinkEnded(record, now)) return answerEnded(c, record);
  const entry = entryOf(record);
  if (typed.by === 'phone') await showToSender(c, entry);
  return c.redirect(await foundPath({ keys: linkKeys, now }, entry, typed.by), 303);
}

/** The limits of a try. A code that no record has is counted the same way, up to a number of them an hour. */
async function limitsOf(
  c: AppContext,
  { code, typed, isThere }: { code: string; typed: TypedNumber; isThere: boolean },
): Promise<readonly TryLimit[]> {
  const { now } = c.var;
  if (!isThere && !(await takeTry(c.env.DB, { ...unknownLimit, now }))) return [];
  if (typed.by === 'phone') return numberLimits(code, await networkBucket(c, code));
  return isThere ? [hourLimit(code), lifeLimit(code)] : [hourLimit(code)];
}

/** One of 256 that a network falls into, for this code and hour: it tells guessers apart and says nothing of anyone. */
async function networkBucket(c: AppContext, code: string): Promise<string> {
  const network = toNetwork(c.req.header('CF-Connecting-IP') ?? '');
  const hour = c.var.now.toISOString().slice(0, 13);
  const { newest } = await keyedHash(c.var.linkKeys, 'find', [code, hour, network].join('|'));
  return newest.slice(0, 2);
}

function answerLocked(
  c: AppContext,
  { code, typed, usedUp }: { code: string; typed: TypedNumber; usedUp: TryLimit },
): Promise<Response> {
  const { now } = c.var;
  const byDay = usedUp.span === 'day';
  if (usedUp.span !== 'always') {
    c.header('Retry-After', String(byDay ? secondsToNextDay(now) : secondsToNextHour(now)));
  }
  const numberWords = byDay ? NUMBER_LOCKED_FOR_DAY : NUMBER_LOCKED;
  const notice = typed.by === 'digits' ? DIGITS_LOCKED : numberWords;
  return answerFindPage(c, { values: { code }, notice, status: 429 });
}

function answerFailed(c: AppContext, code: string): Promise<Response> {
  setProblemHeaders(c, problems.failed);
  const { status, detail } = problems.failed;
  return answerFindPage(c, { values: { code }, notice: detail, status });
}

/** Four digits, or a whole phone number in any written form; null for anything else. */
function readNumber(typed: string): TypedNumber | null {
  const text = tidyCode(typed);
  const digits = text.replace(/\D/g, '');
  if (digits.length === DIGITS && !/\p{L}/u.test(text)) return { by: 'digits', number: digits };
  const phone = parsePhone(typed);
  return phone === null ? null : { by: 'phone', number: phone.e164 };
}

function checkFields(code: string | null, number: TypedNumber | null): FieldError[] {
  const errors: FieldError[] = [];
  if (code === null) {
    const message = `Mã chưa đúng. Mã có dạng ${company.codePrefix}8K3M2QX, xem trong ảnh chụp màn hình lúc gửi.`;
    errors.push({ field: 'code', message });
  }
  if (number === null) {
    const message = 'Anh/chị ghi đủ bốn số cuối, hoặc cả số điện thoại đã để lại.';
    errors.push({ field: 'digits', message });
  }
  return errors;
}

function isNumberOf({ phone }: Person, { by, number }: TypedNumber): boolean {
  if (phone === null) return false;
  return by === 'digits' ? lastFour(phone) === number : phone === number;
}
