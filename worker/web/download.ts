import { hotline } from '../../shared/content/catalogue.ts';
import { formatInstant } from '../../shared/time.ts';
import type { AppContext } from './context.ts';
import { answerPage, type PageData } from './pages.ts';

/** An answer that the browser saves under a name, and no search engine keeps. */
export function asDownload(answer: Response, name: string): Response {
  const download = new Response(answer.body, answer);
  download.headers.set('Content-Disposition', `attachment; filename="${name}"`);
  download.headers.set('X-Robots-Tag', 'noindex');
  return download;
}

/** What a copy says of the one whose data it is. */
type CopyData = Omit<PageData<'/khung/ban-sao/'>, 'consent' | 'hotline' | 'now'> & {
  consent: { policyHref: string | null } | null;
};

/** Personal data to read. No site is around a saved file, so its link has the full address. */
export function answerReadableCopy(
  c: AppContext,
  { consent, ...kept }: CopyData,
): Promise<Response> {
  const href = consent?.policyHref ?? null;
  const policyHref = href === null ? null : new URL(href, c.env.PUBLIC_ORIGIN).href;
  return answerPage(c, {
    path: '/khung/ban-sao/',
    keeping: 'personal',
    data: {
      ...kept,
      consent: consent && { ...consent, policyHref },
      ...{ now: formatInstant(c.var.now), hotline },
    },
  });
}

/** Personal data for a program, which nothing on the way keeps. */
export function answerJsonCopy(c: AppContext, copy: object): Response {
  return c.body(`${JSON.stringify(copy, null, 2)}\n`, 200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'private, no-store',
  });
}
