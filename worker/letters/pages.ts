import { company } from '../../shared/content/catalogue.ts';
import { currentPrivacyPolicy } from '../../shared/privacy/policies.ts';
import { letterRetention } from '../../shared/privacy/register-letters.ts';
import { formatPeriod } from '../../shared/privacy/retention.ts';
import { issueIntent } from '../signing/links.ts';
import { readLetterToken } from '../signing/letter-links.ts';
import { findSubscriber, type Subscriber } from '../store/subscribers.ts';
import type { AppContext } from '../web/context.ts';
import { errorData, type FormView } from '../web/form-view.ts';
import { answerPage } from '../web/pages.ts';
import { type KeptData, NOTHING_KEPT } from './kept-data.ts';

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
  /** The words of the one button. */
  button?: string;
  /** What is kept, with the choice of what to do; `error` is the sentence where none was made. */
  own?: { kept: KeptData; error: string | null };
  /** The address of the page that shows what is kept. */
  ownHref?: string;
  /** Whether it leads to the sign-up form. */
  again?: boolean;
}

export function answerLetterPage(c: AppContext, page: LetterPage): Promise<Response> {
  const error = page.own?.error ?? null;
  const { errors, errorList } = errorData(error === null ? [] : [{ field: 'act', message: error }]);
  return answerPage(c, {
    path: '/khung/ban-tin/',
    status: page.status ?? 200,
    keeping: 'personal',
    data: {
      ...{ errors, errorList },
      title: error === null ? page.heading : 'Lỗi: chưa chọn mục nào',
      heading: page.heading,
      lead: page.lead,
      ...(page.own?.kept ?? NOTHING_KEPT),
      isOwn: page.own !== undefined,
      button: page.button ?? null,
      ownHref: page.ownHref ?? null,
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
    button: 'Xác nhận đăng ký bản tin',
  });
}

export async function answerLeavePage(c: AppContext, token: string): Promise<Response> {
  const { now, linkKeys: keys } = c.var;
  const named = await readLetterToken({ keys, now }, 'own', token);
  if (named === null) return answerEnded(c);
  return answerLetterPage(c, {
    heading: 'Rời danh sách nhận bản tin',
    lead: 'Bấm nút dưới đây thì chúng tôi xóa email này ngay và không gửi bản tin nào nữa.',
    button: 'Rời danh sách',
    ...(named.isExpired ? {} : { ownHref: `/ban-tin/cua-toi/${token}/` }),
  });
}
