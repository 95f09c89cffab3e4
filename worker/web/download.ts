import type { AppContext } from './context.ts';

/** An answer that the browser saves under a name, and no search engine keeps. */
export function asDownload(answer: Response, name: string): Response {
  const download = new Response(answer.body, answer);
  download.headers.set('Content-Disposition', `attachment; filename="${name}"`);
  download.headers.set('X-Robots-Tag', 'noindex');
  return download;
}

/** Personal data for a program, which nothing on the way keeps. */
export function answerJsonCopy(c: AppContext, copy: object): Response {
  return c.body(`${JSON.stringify(copy, null, 2)}\n`, 200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'private, no-store',
  });
}
