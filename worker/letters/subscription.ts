import { bookingRules } from '../../shared/content/catalogue.ts';
import { letterRetention } from '../../shared/privacy/register-letters.ts';
import { addPeriod } from '../../shared/privacy/retention.ts';
import { eraseSubscriber } from '../personal-data/erase.ts';
import { writeWithKeyEnd } from '../personal-data/key-ends.ts';
import { isReached } from '../personal-data/key-store.ts';
import { ownPaths, readLetterToken } from '../signing/letter-links.ts';
import { confirmSubscriber, type Subscriber } from '../store/subscribers.ts';
import type { AppContext } from '../web/context.ts';
import { answerUnread } from '../web/problems.ts';
import { readFields } from '../web/read-fields.ts';
import { answerOwnCopy, answerSubscription } from './own-page.ts';
import { answerEnded, answerLetterPage, findByToken } from './pages.ts';

/** Confirms an address by a press, then shows what is kept of it. */
export async function confirm(c: AppContext, token: string): Promise<Response> {
  const subscriber = await findByToken(c, 'confirm', token);
  return subscriber === null ? answerEnded(c) : keep(c, subscriber);
}

/** What a subscriber does on the own page. Seeing all of it and copies change nothing, and still take a press. */
export async function doOwn(c: AppContext, token: string): Promise<Response> {
  const subscriber = await findByToken(c, 'own', token);
  if (subscriber === null) return answerEnded(c);
  const read = await readFields(c.req.raw, ['act']);
  if (!read.ok) return answerUnread(c, read);
  const act = read.fields['act'] ?? '';
  switch (act) {
    case 'see':
      return answerSubscription(c, subscriber, { isShown: true });
    case 'html':
    case 'json':
      return answerOwnCopy(c, subscriber, act);
    case 'renew':
      return keep(c, subscriber);
    case 'erase':
      return end(c, subscriber.id);
    default:
      return answerSubscription(c, subscriber, { error: 'Anh/chị chưa chọn mục nào ở trên.' });
  }
}

/**
 * Takes the one press of the page, and the press in a mail program (RFC 8058, `List-Unsubscribe=One-Click`), at once. A token whose
 * time has passed still lets one leave: a renewed subscription outlives the link of an old letter.
 */
export async function leave(c: AppContext, token: string): Promise<Response> {
  const { now, linkKeys: keys } = c.var;
  const named = await readLetterToken({ keys, now }, 'own', token);
  return named === null ? answerEnded(c) : end(c, named.id);
}

/** Keeps a subscription for its whole period from now on. */
async function keep(c: AppContext, { id, keyEndsAt: from }: Subscriber): Promise<Response> {
  const { now, linkKeys } = c.var;
  if (isReached(from, now)) return answerEnded(c);
  const keyEndsAt = addPeriod(now, letterRetention.subscribed.period);
  const outcome = await writeWithKeyEnd(c.env, { id, from, to: keyEndsAt, now }, () =>
    confirmSubscriber(c.env.DB, { id, keyEndsAt, now }),
  );
  if (outcome !== 'done') return answerEnded(c);
  return c.redirect((await ownPaths(linkKeys, { id, keyEndsAt })).own, 303);
}

/** Leaving is final, and leaving again says the same. */
async function end(c: AppContext, id: string): Promise<Response> {
  await eraseSubscriber(c.env, { id, cause: 'request', now: c.var.now });
  const done = 'Đã rời danh sách';
  if (!bookingRules.marketing) return c.text(`${done}.`);
  return answerLetterPage(c, {
    heading: done,
    lead: 'Email này đã xóa khỏi danh sách, chúng tôi không gửi bản tin tới nữa. Vài phút nữa thì không ai đọc được địa chỉ ấy, kể cả trong bản sao lưu.',
  });
}
