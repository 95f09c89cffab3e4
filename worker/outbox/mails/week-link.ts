import type { MailContent } from '../../emails/layout.ts';
import { weekPath } from '../../signing/links.ts';
import { readLinkKeys } from '../../signing/tokens.ts';

/** The link to the week, fresh for seven days, as a mail shows it. */
export async function weekLink(env: Env, now: Date): Promise<NonNullable<MailContent['link']>> {
  const path = await weekPath({ keys: readLinkKeys(env.LINK_KEYS), now });
  return { label: 'Mở lịch tuần', url: `${env.PUBLIC_ORIGIN}${path}` };
}
