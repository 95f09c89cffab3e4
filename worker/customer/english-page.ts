import { hotline } from '../../shared/content/catalogue.ts';
import { englishKinds } from '../../shared/forms/contact.ts';
import { englishLabels } from '../../shared/forms/contact-english.ts';
import type { extensionReasons } from '../../shared/jobs/reasons.ts';
import { legalDeadlines } from '../../shared/privacy/register.ts';
import { canTransitionMessage, type MessageState } from '../../shared/states.ts';
import { addDays, toVietnamDate } from '../../shared/time.ts';
import { type PersonView, statusOf } from '../personal-data/read-person.ts';
import type { Message } from '../store/messages.ts';
import type { Extension } from '../store/message-transitions.ts';
import type { AppContext } from '../web/context.ts';
import { answerPage } from '../web/pages.ts';
import { callers } from '../wording/customer.ts';
import type { PageNotice } from '../wording/outcomes.ts';
import type { OpenedMessage } from './access.ts';
import { personData } from './person-rows.ts';

const stateNames: Readonly<Record<MessageState, string>> = {
  held: 'Received',
  open: 'Received',
  answered: 'Answered',
  closed: 'Closed',
  dropped: 'Closed',
};

const reasons: Readonly<Record<keyof typeof extensionReasons, string>> = {
  search: 'we need more time to find and compare the records',
  others: 'we are waiting for others who hold the information',
  settling: 'a complaint about it is still being settled',
};

/** The sender's page of a message that was written in English. */
export function answerEnglishMessage(
  c: AppContext,
  { message, link }: OpenedMessage,
  read: { view: PersonView; extension: Extension | null } & Pick<PageNotice, 'status'>,
): Promise<Response> {
  const { view, extension, status } = read;
  const person = personData(view, link);
  const ended = view.state === 'ended' && canTransitionMessage(message.state, 'close');
  return answerPage(c, {
    path: '/khung/en/tin-nhan/',
    status: status ?? statusOf(view),
    keeping: 'personal',
    data: {
      title: `Message ${message.code}`,
      self: link.self,
      code: message.code,
      kindName: englishKinds[message.kind],
      bookingCode: message.bookingCode,
      state: message.state === 'held' ? 'open' : message.state,
      stateName: stateNames[message.state],
      created: formatMoment(message.createdAt),
      due: dueLine(message),
      done: doneLines(message, extension !== null),
      extended: extension === null ? null : extensionLine(extension),
      ...person,
      details: person.details.map(({ field, label, value }) => ({
        label: Object.hasOwn(englishLabels, field)
          ? englishLabels[field as keyof typeof englishLabels]
          : label,
        value,
        hint: null,
      })),
      next: ended ? endedLines : nextLines(message),
    },
  });
}

const endedLines = [
  'We no longer have your contact details, so we cannot call or write to you.',
  `If you still need an answer, please send a new message or call ${hotline}.`,
];

function nextLines({ kind, state }: Message): string[] {
  switch (state) {
    case 'held':
    case 'open':
      return [
        'We read your message and answer in English by email, or by phone where you left no email.',
        `Our calls come from one of these numbers: ${callers.join(', ')}.`,
      ];
    case 'answered':
      return [
        kind === 'privacy'
          ? 'We have sent our first answer and are working on your request.'
          : 'We have answered.',
        `If anything is unclear, please call ${hotline} and read out the code above.`,
      ];
    case 'closed':
    case 'dropped':
      return [
        `This message is closed. If you have another question, please send a new one or call ${hotline}.`,
      ];
  }
}

function dueLine({ kind, dueOn, state }: Message): string | null {
  if (state !== 'open' && state !== 'held') return null;
  const { complaint, firstReply } = legalDeadlines;
  if (kind === 'complaint')
    return `by ${formatDay(dueOn)} (${complaint.workingDays} working days after we received it)`;
  if (kind === 'privacy')
    return `a first answer by ${formatDay(dueOn)} (${firstReply.workingDays} working days after we received it)`;
  return null;
}

function doneLines({ kind, state, createdAt }: Message, isExtended: boolean) {
  if (kind !== 'privacy' || state === 'closed' || state === 'dropped') return null;
  const more = isExtended ? legalDeadlines.extension.days : 0;
  const by = ({ days }: { days: number }) =>
    formatDay(addDays(toVietnamDate(createdAt), days + more));
  return [
    { what: 'to see, correct, get a copy:', by: by(legalDeadlines.see) },
    { what: 'to withdraw consent, restrict, object:', by: by(legalDeadlines.withdraw) },
    { what: 'to delete:', by: by(legalDeadlines.erase) },
  ];
}

function extensionLine({ reason, at }: Extension): string {
  const known = Object.hasOwn(reasons, reason) ? reasons[reason as keyof typeof reasons] : '';
  return `${legalDeadlines.extension.days} days more, noted on ${formatMoment(at)}${known && `: ${known}`}.`;
}

/** "Monday, 30 November 2026". */
function formatDay(date: string): string {
  return new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', {
    dateStyle: 'full',
    timeZone: 'UTC',
  });
}

/** "28 November 2026 at 14:05", Vietnamese time. */
function formatMoment(instant: Date): string {
  return instant.toLocaleString('en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Asia/Ho_Chi_Minh',
  });
}
