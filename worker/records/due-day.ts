import { legalDeadlines } from '../../shared/privacy/register.ts';
import { addDays, toVietnamDate } from '../../shared/time.ts';
import type { Message } from '../store/messages.ts';
import { listAnsweredRequests, listOpenMessages } from '../store/due.ts';
import { findExtension } from '../store/message-transitions.ts';

/** The next deadline of a message: that of the first reply, and after the reply that of the request, with its extension. */
export async function findDueDay(
  db: D1Database,
  { id, state, dueOn, createdAt }: Message,
): Promise<{ day: string; isExtended: boolean }> {
  if (state !== 'answered') return { day: dueOn, isExtended: false };
  const isExtended = (await findExtension(db, id)) !== null;
  // A message does not say which right it is about, so the shortest of their deadlines is used.
  const days = legalDeadlines.see.days + (isExtended ? legalDeadlines.extension.days : 0);
  return { day: addDays(toVietnamDate(createdAt), days), isExtended };
}

/** Open messages, and answered requests about personal data that are not closed yet; ordered by due day. */
export async function listWaitingMessages(
  db: D1Database,
): Promise<{ message: Message; dueOn: string }[]> {
  const [open, answered] = await Promise.all([listOpenMessages(db), listAnsweredRequests(db)]);
  const waiting = [...open, ...answered].map(async (message) => ({
    message,
    dueOn: (await findDueDay(db, message)).day,
  }));
  return (await Promise.all(waiting)).toSorted((a, b) => a.dueOn.localeCompare(b.dueOn));
}
