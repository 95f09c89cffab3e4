import { getCookie, setCookie } from 'hono/cookie';
import { later } from '../../shared/time.ts';
import { type LinkKeys, readExpiry, signUntil } from '../signing/tokens.ts';
import type { AppContext } from './context.ts';

/** How long a record's details stay visible after they were opened, in minutes. */
const OPEN_MINUTES = 30;

/** Whose pages show a record's details; also the name of their cookie. */
type Reader = 'don' | 'viec';

/** Sets a cookie that shows a record's details on the pages below a path for 30 minutes. It opens nothing without their link. */
export async function setDetailsCookie(
  c: AppContext,
  { reader, id, path }: { reader: Reader; id: string; path: string },
): Promise<void> {
  const endsAt = later(c.var.now, { minutes: OPEN_MINUTES });
  setCookie(c, reader, await signUntil(keysOf(c, reader), endsAt, ['details', id]), {
    path,
    httpOnly: true,
    sameSite: 'Strict',
    secure: c.req.url.startsWith('https:'),
    maxAge: OPEN_MINUTES * 60,
  });
}

/** Until when the cookie that a browser sent shows a record's details; null where they are hidden. */
export async function detailsOpenUntil(
  c: AppContext,
  { reader, id }: { reader: Reader; id: string },
): Promise<Date | null> {
  const end = await readExpiry(keysOf(c, reader), getCookie(c, reader) ?? '', ['details', id]);
  return end !== null && c.var.now <= end ? end : null;
}

/** Whether staff opened a record's details by hand, so that they are shown and a button alone acts. */
export async function isOpenForStaff(c: AppContext, { id }: { id: string }): Promise<boolean> {
  return (await detailsOpenUntil(c, { reader: 'viec', id })) !== null;
}

/** Shows a record's details on its sender's pages, `/don/<code>/` and below. */
export function showToSender(c: AppContext, { id, code }: { id: string; code: string }) {
  return setDetailsCookie(c, { reader: 'don', id, path: `/don/${code}/` });
}

function keysOf(c: AppContext, reader: Reader): LinkKeys {
  return reader === 'don' ? c.var.linkKeys : c.var.staffKeys;
}
