import { readPerson, statusOf } from '../personal-data/read-person.ts';
import type { Subscriber } from '../store/subscribers.ts';
import type { AppContext } from '../web/context.ts';
import { answerJsonCopy, answerReadableCopy, asDownload } from '../web/download.ts';
import { describeKept, readKept } from './kept-data.ts';
import { answerEnded, answerLetterPage, findByToken } from './pages.ts';

export async function answerOwnPage(c: AppContext, token: string): Promise<Response> {
  const subscriber = await findByToken(c, 'own', token);
  return subscriber === null ? answerEnded(c) : answerSubscription(c, subscriber);
}

/** What is kept of a subscriber. The address is masked until a press asks for it. */
export async function answerSubscription(
  c: AppContext,
  subscriber: Subscriber,
  { isShown = false, error = null as string | null } = {},
): Promise<Response> {
  const { view, kept } = await read(c, subscriber);
  if (view.state === 'ended') return answerEnded(c);
  return answerLetterPage(c, {
    heading: 'Bản tin của tôi',
    lead: 'Chúng tôi giữ những điều dưới đây để gửi bản tin, và không dùng vào việc nào khác.',
    status: error === null ? statusOf(view) : 422,
    own: { kept: describeKept(subscriber, kept, { view, isShown }), error },
  });
}

/** A copy of all of it, to read (`html`) or for a program (`json`); the page where the address cannot be opened just now. */
export async function answerOwnCopy(
  c: AppContext,
  subscriber: Subscriber,
  format: 'html' | 'json',
): Promise<Response> {
  const { view, kept } = await read(c, subscriber);
  if (view.state !== 'open') return answerSubscription(c, subscriber);
  const { state, createdAt, confirmedAt, keyEndsAt } = subscriber;
  const copy =
    format === 'json'
      ? answerJsonCopy(c, {
          ...{ at: c.var.now, kind: 'subscription', email: view.person.email },
          subscription: { state, createdAt, confirmedAt, keyEndsAt },
          ...kept,
        })
      : await answerReadableCopy(c, {
          ...describeKept(subscriber, kept, { view, isShown: true }),
          ...{ title: 'Bản sao dữ liệu người nhận bản tin', code: 'người nhận bản tin' },
        });
  return asDownload(copy, `du-lieu-ban-tin.${format}`);
}

async function read(c: AppContext, subscriber: Subscriber) {
  const [view, kept] = await Promise.all([
    readPerson(c.env, subscriber, c.var.now),
    readKept(c.env.DB, subscriber.id),
  ]);
  return { view, kept };
}
