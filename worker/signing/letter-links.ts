import { later } from '../../shared/time.ts';
import { type LinkKeys, readExpiry, type Signing, signUntil } from './tokens.ts';

/** What a link in a mail to a subscriber is for: to confirm the address, or to see, renew and leave. */
type LetterLink = 'confirm' | 'own';

/** A subscriber that a genuine token names. Its link opens nothing any more where `isExpired`, but still lets one leave. */
interface NamedSubscriber {
  id: string;
  isExpired: boolean;
}

/** The page by which a subscriber confirms the address. */
export async function confirmPath(
  { keys, now }: Signing,
  id: string,
  hours: number,
): Promise<string> {
  return `/ban-tin/xac-nhan/${await issue(keys, 'confirm', { id, endsAt: later(now, { hours }) })}/`;
}

/** The pages by which a subscriber leaves, and sees what is kept; both open as long as the address is kept. */
export async function ownPaths(
  keys: LinkKeys,
  { id, keyEndsAt }: { id: string; keyEndsAt: Date },
): Promise<{ leave: string; own: string }> {
  const token = await issue(keys, 'own', { id, endsAt: keyEndsAt });
  return { leave: `/ban-tin/roi/${token}/`, own: `/ban-tin/cua-toi/${token}/` };
}

/** Whom a token names, or null where it is not genuine. */
export async function readLetterToken(
  { keys, now }: Signing,
  link: LetterLink,
  token: string,
): Promise<NamedSubscriber | null> {
  const [id = '', ...rest] = token.split('.');
  const endsAt = await readExpiry(keys, rest.join('.'), ['letters', link, id]);
  return endsAt === null ? null : { id, isExpired: now > endsAt };
}

/** `<subscriber id>.<expiry>.<signature>` */
async function issue(
  keys: LinkKeys,
  link: LetterLink,
  { id, endsAt }: { id: string; endsAt: Date },
): Promise<string> {
  return `${id}.${await signUntil(keys, endsAt, ['letters', link, id])}`;
}
