import { legalDeadlines } from '../../shared/privacy/register.ts';
import { addDays, toVietnamDate } from '../../shared/time.ts';
import type { Message } from '../store/messages.ts';
import { listAnsweredRequests, listOpenMessages } from '../store/due.ts';
import { findExtension } from '../store/message-transitions.ts';

/** The next day that counts for a message: of its first reply, then of what was asked, with the extension if there is one. */
export async function findDueDay(
  db: D1Database,
  { id, state, dueOn, createdAt }: Message,
): Promise<{ day: string; isExtended: boolean }> {
  if (state !== 'answered') return { day: dueOn, isExtended: false };
  const isExtended = (await findExtension(db, id)) !== null;
  // Which right it is, a person has read; the shortest clock fits each of them.
  const days = legalDeadlines.see.days + (isExtended ? legalDeadlines.extension.days : 0);
  return { day: addDays(toVietnamDate(createdAt), days), isExtended };
}

/** Messages that wait for an answer or, about personal data, for what was asked; ordered by due day. */
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
