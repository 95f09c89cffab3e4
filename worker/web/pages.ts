import type { ContentfulStatusCode } from 'hono/utils/http-status';
import {
  type BlankOf,
  type DataOf,
  type FilledPath,
  filledPages,
} from '../../shared/filled-pages.ts';
import type { AppContext } from './context.ts';
import { fill, type FillData, type FillValue } from './fill.ts';
import { takeApart } from './template.ts';

/** How a browser may cache a filled page: `form` only with revalidation, `personal` not at all. */
export type Keeping = 'form' | 'personal';

const cacheControl: Readonly<Record<Keeping, string>> = {
  form: 'private, no-cache',
  personal: 'private, no-store',
};

/** What a page is filled with; undefined leaves a blank as it was built. */
export type PageData<Path extends FilledPath> = DataOf<Path, FillValue>;

/** Data that leaves every blank of a page as it was built. */
export function leaveBlank<Path extends FilledPath>(path: Path): PageData<Path> {
  return Object.fromEntries(
    filledPages[path].names.split(' ').map((name) => [name, undefined]),
  ) as PageData<Path>;
}

/** A page that Astro built, and what to fill into it. */
export interface PageAnswer<Path extends FilledPath, Data> {
  /** Path of the built page, slash included. */
  path: Path;
  data: Data & PageData<Path> & Readonly<Record<Exclude<keyof Data, BlankOf<Path>>, never>>;
  status?: ContentfulStatusCode;
  keeping: Keeping;
}

/**
 * Answers with a built page, filled. The page is fetched without the visitor's headers, once an isolate. Its ETag is dropped,
 * since that belongs to the page before filling.
 */
export async function answerPage<Path extends FilledPath, Data>(
  c: AppContext,
  answer: PageAnswer<Path, Data>,
): Promise<Response> {
  const page = await readBuilt(c.env.ASSETS, `page ${answer.path}`, async (fetchFile) =>
    takeApart(await (await fetchFile(answer.path)).text()),
  );
  if (answer.status === 503) c.header('Retry-After', '60');
  return c.html(fill(page, answer.data as FillData), answer.status ?? 200, {
    'Cache-Control': cacheControl[answer.keeping],
  });
}

export async function answerNotFound(c: AppContext): Promise<Response> {
  const page = await c.env.ASSETS.fetch(new URL('/404', c.req.url));
  return c.html(page.ok ? await page.text() : 'Không tìm thấy trang.', 404, {
    'Cache-Control': cacheControl.personal,
  });
}

/** Whether the build wrote a page that not every company has. */
export async function hasPage(c: AppContext, path: FilledPath): Promise<boolean> {
  return (await c.env.ASSETS.fetch(new URL(path, c.req.url), { method: 'HEAD' })).ok;
}

/** Path and query of an address without a final slash, with the slash added. */
export function withSlash(address: string): string {
  const { pathname, search } = new URL(address);
  return `${pathname}/${search}`;
}

/** Path and query of an address without its last part: of the page that a form beside it belongs to. */
export function parentOf(address: string): string {
  const { pathname, search } = new URL(address);
  return pathname.replace(/[^/]+\/?$/, '') + search;
}

const builtValues = new WeakMap<Fetcher, Map<string, unknown>>();

/**
 * What `read` makes of files that the build wrote. It is cached under a name per isolate, since a deploy starts new ones.
 * The value is cached, not the promise: in Workers, awaiting another request's promise fails.
 */
export async function readBuilt<T>(
  assets: Fetcher,
  name: string,
  read: (fetchFile: (path: string) => Promise<Response>) => Promise<T>,
): Promise<T> {
  const values = builtValues.get(assets) ?? new Map<string, unknown>();
  if (values.has(name)) return values.get(name) as T;
  const value = await read(async (path) => {
    const file = await assets.fetch(new URL(path, 'https://assets.invalid'));
    if (!file.ok) throw new Error(`The built file ${path} is missing`);
    return file;
  });
  builtValues.set(assets, values.set(name, value));
  return value;
}
