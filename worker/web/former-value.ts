import { getCookie, setCookie } from 'hono/cookie';
import type { AppContext } from './context.ts';

const COOKIE = 'cu';
/** Seconds for which a page can say what a value was before: until it has been redirected to. */
const SECONDS = 60;
const MAX_LENGTH = 120;

/**
 * Hands what a value was before its change to the page that follows, in the browser of whoever changed it. Nothing else keeps
 * it: neither address nor database.
 */
export function keepFormerValue(c: AppContext, path: string, value: string): void {
  setCookie(c, COOKIE, value.length > MAX_LENGTH ? `${value.slice(0, MAX_LENGTH)}…` : value, {
    path,
    httpOnly: true,
    sameSite: 'Strict',
    secure: c.req.url.startsWith('https:'),
    maxAge: SECONDS,
  });
}

/** The value that the change before this page replaced; null where it is not known any more. */
export function readFormerValue(c: AppContext): string | null {
  const value = getCookie(c, COOKIE);
  return value === undefined || value === '' ? null : value;
}
