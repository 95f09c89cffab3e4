import { legalDeadlines } from '../../shared/privacy/register.ts';
import { addDays, toVietnamDate } from '../../shared/time.ts';
import type { Message } from '../store/messages.ts';
import { listAnsweredRequests, listOpenMessages } from '../store/due.ts';
import { findExtension, listExtended } from '../store/message-transitions.ts';

/** The next deadline of a message: that of the first reply, and after the reply that of the request, with its extension. */
export async function findDueDay(
  db: D1Database,
  message: Message,
): Promise<{ day: string; isExtended: boolean }> {
  if (message.state !== 'answered') return { day: message.dueOn, isExtended: false };
  const isExtended = (await findExtension(db, message.id)) !== null;
  return { day: dueDayOf(message, isExtended), isExtended };
}

function dueDayOf({ state, dueOn, createdAt }: Message, isExtended: boolean): string {
  if (state !== 'answered') return dueOn;
  // A message does not say which right it is about, so the shortest of their deadlines is used.
  const days = legalDeadlines.see.days + (isExtended ? legalDeadlines.extension.days : 0);
  return addDays(toVietnamDate(createdAt), days);
}

/** Open messages, and answered requests about personal data that are not closed yet; ordered by due day. */
export async function listWaitingMessages(
  db: D1Database,
): Promise<{ message: Message; dueOn: string }[]> {
  const [open, answered, extended] = await Promise.all([
    listOpenMessages(db),
    listAnsweredRequests(db),
    listExtended(db),
  ]);
  return [...open, ...answered]
    .map((message) => ({ message, dueOn: dueDayOf(message, extended.has(message.id)) }))
    .toSorted((a, b) => a.dueOn.localeCompare(b.dueOn));
}
