import { later } from '../../shared/time.ts';
import { wakeDeliveries } from '../records/wake-delivery.ts';
import { insertLimitedMail, type MailLimit } from '../store/system-mails.ts';
import type { AppContext } from '../web/context.ts';

type LinkMail = 'staff-link' | 'owner-link';

/** While a mail with a link is younger, asking for another sends none: three posts of a stranger leave staff their own. */
export const LINK_SPACING_MINUTES = 15;
/** Most mails with a link in an hour, whoever asks. */
export const LINKS_PER_HOUR = 3;

/** Mails a link to the week to the office, or one to the numbers to the owner, where somebody asked for one at `/viec/`. */
export function mailAskedLink(c: AppContext, kind: LinkMail): Promise<void> {
  const { now } = c.var;
  return mailLink(c, kind, [
    { since: later(now, { minutes: -LINK_SPACING_MINUTES }), most: 1 },
    { since: later(now, { hours: -1 }), most: LINKS_PER_HOUR },
  ]);
}

/** Mails a link to the week to the office after all older ones were closed: those in earlier mails open nothing. */
export function mailNewLink(c: AppContext): Promise<void> {
  return mailLink(c, 'staff-link', []);
}

async function mailLink(
  c: AppContext,
  kind: LinkMail,
  limits: readonly MailLimit[],
): Promise<void> {
  const { now } = c.var;
  const id = crypto.randomUUID();
  const mail = { id, kind, subjectId: `${kind}:${id}`, dueAt: now, now };
  if (await insertLimitedMail(c.env.DB, mail, limits)) wakeDeliveries(c, [id]);
}
