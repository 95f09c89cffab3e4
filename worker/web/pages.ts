import type { ContentfulStatusCode } from 'hono/utils/http-status';
import {
  type BlankOf,
  type DataOf,
  type FilledPath,
  filledPages,
} from '../../shared/filled-pages.ts';
import type { AppContext } from './context.ts';
import { fill, type FillData, type FillValue } from './fill.ts';

/** Who may keep a filled page: `form` pages are asked for again each time, `personal` ones are never stored. */
export type Keeping = 'form' | 'personal';

const cacheControl: Readonly<Record<Keeping, string>> = {
  form: 'private, no-cache',
  personal: 'private, no-store',
};

/** What a page is filled with; undefined leaves a blank as it was built. */
export type PageData<Path extends FilledPath> = DataOf<Path, FillValue>;

/** Every blank of a page as it was built. */
export function leaveBlank<Path extends FilledPath>(path: Path): PageData<Path> {
  return Object.fromEntries(
    filledPages[path].names.split(' ').map((name) => [name, undefined]),
  ) as PageData<Path>;
}

/** A page that Astro built, with its blanks filled. */
export interface PageAnswer<Path extends FilledPath, Data> {
  /** Path of the built page, slash included. */
  path: Path;
  data: Data & PageData<Path> & Readonly<Record<Exclude<keyof Data, BlankOf<Path>>, never>>;
  status?: ContentfulStatusCode;
  keeping: Keeping;
}

/**
 * Answers with a built page, filled. The page is fetched with none of the visitor's headers, and its ETag is dropped,
 * since it names the empty page.
 */
export async function answerPage<Path extends FilledPath, Data>(
  c: AppContext,
  answer: PageAnswer<Path, Data>,
): Promise<Response> {
  const html = await (await fetchPage(c, answer.path)).text();
  return c.html(await fill(html, answer.data as FillData), answer.status ?? 200, {
    'Cache-Control': cacheControl[answer.keeping],
  });
}

/** The built 404 page with status 404. */
export async function answerNotFound(c: AppContext): Promise<Response> {
  const page = await c.env.ASSETS.fetch(new URL('/404', c.req.url));
  return c.html(page.ok ? await page.text() : 'Không tìm thấy trang.', 404, {
    'Cache-Control': cacheControl.personal,
  });
}

async function fetchPage(c: AppContext, path: string): Promise<Response> {
  const page = await c.env.ASSETS.fetch(new URL(path, c.req.url));
  if (!page.ok) throw new Error(`The built page ${path} is missing`);
  return page;
}

/** The address with its slash, path and query only. */
export function withSlash(address: string): string {
  const { pathname, search } = new URL(address);
  return `${pathname}/${search}`;
}

const kept = new WeakMap<Fetcher, Map<string, unknown>>();

/**
 * A JSON file that the build wrote, in the form that `shape` gives it; made once per isolate, since a deploy starts
 * new ones. Only the finished value is kept: a promise would tie one request to another's.
 */
export async function readBuiltJson<T>(
  assets: Fetcher,
  path: string,
  shape: (data: unknown) => T,
): Promise<T> {
  const files = kept.get(assets) ?? new Map<string, unknown>();
  if (files.has(path)) return files.get(path) as T;
  const file = await assets.fetch(new URL(path, 'https://assets.invalid'));
  if (!file.ok) throw new Error(`The built file ${path} is missing`);
  const value = shape(await file.json());
  kept.set(assets, files.set(path, value));
  return value;
}
