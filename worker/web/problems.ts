import { accepts } from 'hono/accepts';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { hotline } from '../../shared/content/catalogue.ts';
import type { AppContext } from './context.ts';
import { answerPage } from './pages.ts';
import { listSent, type Unread } from './read-fields.ts';

/** What a person reads when something went wrong: a heading, and what to do now. */
export interface Problem {
  status: ContentfulStatusCode;
  title: string;
  detail: string;
  /** The same to readers of English, for what the sender of a message can meet. */
  english?: readonly [title: string, detail: string];
  headers?: Readonly<Record<string, string>>;
  /** True where the page offers staff to request a new link. */
  staff?: boolean;
}

export const problems = {
  malformed: {
    status: 400,
    title: 'Yêu cầu chưa đọc được',
    detail: 'Dữ liệu gửi đến bị lỗi trên đường truyền. Anh/chị mở lại trang và gửi lần nữa.',
    english: ['We could not read that', 'Please open the page again and send once more.'],
  },
  crossSite: {
    status: 403,
    title: 'Yêu cầu đến từ trang khác',
    detail:
      'Vì an toàn, chúng tôi chỉ nhận yêu cầu gửi từ trang của mình. Anh/chị mở trang đặt lịch và gửi lại.',
    english: [
      'This was sent from another site',
      'To keep you safe, we take messages from our own pages only. Please open our page and send again.',
    ],
  },
  notFound: {
    status: 404,
    title: 'Không tìm thấy',
    detail: 'Địa chỉ này không có trên trang của chúng tôi.',
  },
  wrongMethod: {
    status: 405,
    title: 'Không gửi theo cách này được',
    detail: 'Địa chỉ này không nhận cách gửi vừa dùng. Anh/chị mở lại trang và làm từ đó.',
  },
  tooLarge: {
    status: 413,
    title: 'Nội dung gửi đến quá lớn',
    detail: 'Anh/chị rút ngắn ghi chú rồi gửi lại.',
    english: ['That is too long', 'Please shorten your message and send again.'],
  },
  wrongType: {
    status: 415,
    title: 'Kiểu dữ liệu không đọc được',
    detail: 'Gửi bằng biểu mẫu trên trang, hoặc bằng JSON.',
    english: ['We cannot read this type of data', 'Please send the form on our page, or JSON.'],
  },
  mistyped: {
    status: 422,
    title: 'Có ô chúng tôi chưa đọc được',
    detail: 'Anh/chị xem lại từng ô được nêu.',
    english: ['A field has the wrong type', 'Please check each field that is named.'],
  },
  flood: {
    status: 429,
    title: 'Quá nhiều lượt trong một phút',
    detail: 'Anh/chị chờ một phút rồi thử lại.',
    english: ['Too many in one minute', 'Please wait a minute, then try again.'],
    headers: { 'Retry-After': '60' },
  },
  failed: {
    status: 503,
    title: 'Trang tạm thời chưa dùng được',
    detail: 'Hệ thống đang gặp lỗi. Anh/chị thử lại sau ít phút.',
    english: ['This page is not working right now', 'Please try again in a few minutes.'],
    headers: { 'Retry-After': '60' },
  },
  unavailable: {
    status: 503,
    title: 'Tạm thời chưa lưu được',
    detail: 'Yêu cầu chưa được lưu ở lần gửi này. Anh/chị gửi lại sau ít phút.',
    english: ['We could not save your message', 'Please send it again in a few minutes.'],
    headers: { 'Retry-After': '60' },
  },
  uncertain: {
    status: 503,
    title: 'Chưa rõ đã lưu hay chưa',
    detail:
      'Hệ thống đang gặp lỗi nên chúng tôi chưa rõ yêu cầu đã lưu hay chưa. Anh/chị gửi lại sau một phút: yêu cầu đã lưu rồi thì không bị ghi hai lần.',
    english: [
      'We are not sure your message was saved',
      'Something went wrong on our side. Please send it again in a minute: a message that we already have is not stored twice.',
    ],
    headers: { 'Retry-After': '60' },
  },
} as const satisfies Record<string, Problem>;

/** Answers after which what was typed can be sent as it is, or shorter. */
const SEND_AGAIN: readonly number[] = [413, 429, 503];

/** Answers with a problem: a page with the phone number for a browser, problem details (RFC 9457) for a program. */
export async function answerProblem(
  c: AppContext,
  problem: Problem,
  extra: Readonly<Record<string, unknown>> = {},
): Promise<Response> {
  if (wantsHtml(c)) {
    setProblemHeaders(c, problem);
    const { language, title, detail: text } = inLanguage(c, problem);
    const page = { status: problem.status, keeping: 'personal' } as const;
    const shown = { title, heading: title, text, hotline, ...(await sentData(c, problem)) };
    return language === 'en'
      ? answerPage(c, { ...page, path: '/khung/en/loi/', data: shown })
      : answerPage(c, {
          ...page,
          path: '/khung/loi/',
          data: { ...shown, staff: problem.staff === true },
        });
  }
  return problemJson(c, problem, extra);
}

/**
 * What was sent, for a form of one button (`again`, `fields`): the page before is not kept by every browser. Where it cannot be
 * given back, such as a picture, `back` leads there all the same.
 */
async function sentData(c: AppContext, { status }: Problem) {
  const canSend = c.req.method === 'POST' && SEND_AGAIN.includes(status);
  const fields = canSend ? await listSent(c.req.raw) : null;
  return { again: fields && c.req.url, fields: fields ?? [], back: canSend && fields === null };
}

/** Answers a body that cannot be read. */
export function answerUnread(c: AppContext, unread: Unread): Promise<Response> {
  return answerProblem(
    c,
    problems[unread.reason],
    'errors' in unread ? { errors: unread.errors } : {},
  );
}

/** A problem's words in the language of the request, where it has them. */
export function inLanguage(c: AppContext, { title, detail, english }: Problem) {
  return c.var.language === 'en' && english !== undefined
    ? ({ language: 'en', title: english[0], detail: english[1] } as const)
    : ({ language: 'vi', title, detail } as const);
}

/** Sets a problem's headers. Called also where another page than the error page answers, such as a form. */
export function setProblemHeaders(c: AppContext, problem: Problem): void {
  for (const [name, value] of Object.entries(problem.headers ?? {})) c.header(name, value);
}

/** Problem details with the phone number to call. */
export function problemJson(
  c: AppContext,
  problem: Problem,
  extra: Readonly<Record<string, unknown>> = {},
): Response {
  setProblemHeaders(c, problem);
  const { language, title, detail } = inLanguage(c, problem);
  const call = language === 'en' ? 'If it is urgent, call' : 'Nếu cần gấp, xin gọi';
  const body = {
    title,
    status: problem.status,
    detail: `${detail} ${call} ${hotline}.`,
    phone: hotline,
    ...extra,
  };
  return c.body(JSON.stringify(body), problem.status, {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Cache-Control': 'private, no-store',
  });
}

/** Whether to answer with a page: decided by `Accept`, and where that matches nothing, by the type of the body sent. */
export function wantsHtml(c: AppContext): boolean {
  const sent = (c.req.header('Content-Type') ?? '').toLowerCase();
  const type = accepts(c, {
    header: 'Accept',
    supports: ['text/html', 'application/json', 'application/problem+json'],
    default: sent.startsWith('application/json') ? 'application/json' : 'text/html',
  });
  return type === 'text/html';
}
