import { company } from '../../shared/content/catalogue.ts';
import { maskEmail } from '../../shared/email.ts';
import { currentPrivacyPolicy } from '../../shared/privacy/policies.ts';
import { letterRetention } from '../../shared/privacy/register-letters.ts';
import { formatPeriod } from '../../shared/privacy/retention.ts';
import { formatDate, toVietnamDate } from '../../shared/time.ts';
import { type PersonView, readPerson } from '../personal-data/read-person.ts';
import { issueIntent } from '../signing/links.ts';
import { readLetterToken } from '../signing/letter-links.ts';
import { countLetters, findSubscriber, type Subscriber } from '../store/subscribers.ts';
import type { AppContext } from '../web/context.ts';
import { errorData, type FormView } from '../web/form-view.ts';
import { answerPage } from '../web/pages.ts';

/** The sign-up form with a new intent and what was typed; `isSent`: the sentence in its place. */
export async function answerSignUpPage(
  c: AppContext,
  view: FormView,
  isSent = false,
): Promise<Response> {
  const { now, linkKeys: keys } = c.var;
  return answerPage(c, {
    path: '/ban-tin/',
    status: view.status ?? 200,
    keeping: view.status === undefined ? 'form' : 'personal',
    data: {
      ...errorData(view.errors ?? [], view.notice),
      notice: view.notice ?? null,
      values: { policy: currentPrivacyPolicy()?.version ?? null, ...view.values },
      sent: isSent,
      intent: view.intent ?? (await issueIntent({ keys, now }, 'letters', view.firstAt)),
    },
  });
}

/** What a page about one subscription says and offers. */
interface LetterPage {
  heading: string;
  lead: string;
  status?: 200 | 403 | 410 | 422 | 503;
  facts?: readonly { label: string; value: string }[];
  /** The words of the one button. */
  button?: string;
  /** Whether it offers the choice between seeing, renewing and leaving, and the sentence where none was made. */
  choices?: { error: string | null };
  /** Whether it leads to the sign-up form. */
  again?: boolean;
}

export function answerLetterPage(c: AppContext, page: LetterPage): Promise<Response> {
  const error = page.choices?.error ?? null;
  return answerPage(c, {
    path: '/khung/ban-tin/',
    status: page.status ?? 200,
    keeping: 'personal',
    data: {
      ...errorData(error === null ? [] : [{ field: 'act', message: error }]),
      title: error === null ? page.heading : 'Lỗi: chưa chọn mục nào',
      heading: page.heading,
      lead: page.lead,
      facts: page.facts ?? [],
      button: page.button ?? null,
      canChoose: page.choices !== undefined,
      again: page.again === true,
      notice: null,
      values: {},
      self: new URL(c.req.url).pathname,
    },
  });
}

/** The page of a link that leads nowhere any more. */
export function answerEnded(c: AppContext): Promise<Response> {
  return answerLetterPage(c, {
    heading: 'Đường dẫn này đã hết hạn',
    lead: 'Email này không còn trong danh sách, hoặc đường dẫn đã cũ. Anh/chị mở đường dẫn trong thư mới nhất, hoặc đăng ký lại.',
    status: 410,
    again: true,
  });
}

/** The subscriber of a token that has not expired, or null. */
export async function findByToken(
  c: AppContext,
  link: 'confirm' | 'own',
  token: string,
): Promise<Subscriber | null> {
  const { now, linkKeys: keys } = c.var;
  const named = await readLetterToken({ keys, now }, link, token);
  if (named === null || named.isExpired) return null;
  const subscriber = await findSubscriber(c.env.DB, named.id);
  return subscriber === null || subscriber.erasedAt !== null || now >= subscriber.keyEndsAt
    ? null
    : subscriber;
}

export async function answerConfirmPage(c: AppContext, token: string): Promise<Response> {
  if ((await findByToken(c, 'confirm', token)) === null) return answerEnded(c);
  return answerLetterPage(c, {
    heading: 'Nhận bản tin',
    lead: `Bấm nút dưới đây thì ${company.shortName} gửi bản tin tới hộp thư đã mở đường dẫn này. Không bấm thì email này tự xóa sau ${formatPeriod(letterRetention.unconfirmed.period)} từ lúc đăng ký.`,
    button: 'Xác nhận nhận bản tin',
  });
}

export async function answerLeavePage(c: AppContext, token: string): Promise<Response> {
  const { now, linkKeys: keys } = c.var;
  if ((await readLetterToken({ keys, now }, 'own', token)) === null) return answerEnded(c);
  return answerLetterPage(c, {
    heading: 'Rời danh sách nhận bản tin',
    lead: 'Bấm nút dưới đây thì chúng tôi xóa email này ngay và không gửi bản tin nào nữa.',
    button: 'Rời danh sách',
  });
}

export async function answerOwnPage(c: AppContext, token: string): Promise<Response> {
  const subscriber = await findByToken(c, 'own', token);
  return subscriber === null ? answerEnded(c) : answerSubscription(c, subscriber);
}

/** What is kept of a subscriber. The address is masked until a press asks for it. */
export async function answerSubscription(
  c: AppContext,
  subscriber: Subscriber,
  { whole = false, error = null as string | null } = {},
): Promise<Response> {
  const [view, letters] = await Promise.all([
    readPerson(c.env, subscriber, c.var.now),
    countLetters(c.env.DB, subscriber.id),
  ]);
  const day = (at: Date) => formatDate(toVietnamDate(at));
  const { createdAt, confirmedAt, keyEndsAt } = subscriber;
  return answerLetterPage(c, {
    heading: 'Bản tin của tôi',
    lead: 'Chúng tôi giữ những điều dưới đây để gửi bản tin, và không dùng vào việc nào khác.',
    status: error === null ? 200 : 422,
    facts: [
      { label: 'Email', value: addressOf(view, whole) },
      { label: 'Đăng ký', value: day(createdAt) },
      { label: 'Xác nhận', value: confirmedAt === null ? 'chưa' : day(confirmedAt) },
      { label: 'Bản tin đã gửi', value: String(letters) },
      { label: 'Giữ đến', value: day(keyEndsAt) },
    ],
    choices: { error },
  });
}

function addressOf(view: PersonView, whole: boolean): string {
  if (view.state !== 'open') return 'lúc này chưa mở được, anh/chị thử lại sau ít phút';
  const address = view.person.email ?? '';
  return whole ? address : maskEmail(address);
}
