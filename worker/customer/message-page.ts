import { contactKinds } from '../../shared/forms/contact.ts';
import { canTransitionMessage, messageStateNames } from '../../shared/states.ts';
import { formatInstant } from '../../shared/time.ts';
import { readPerson, statusOf } from '../personal-data/read-person.ts';
import { findExtension } from '../store/message-transitions.ts';
import { photoNotice } from '../photos/answer.ts';
import type { AppContext } from '../web/context.ts';
import { answerPage } from '../web/pages.ts';
import {
  doneLines,
  dueLine,
  extensionLine,
  messageLines,
  unreachableLines,
} from '../wording/customer.ts';
import type { PageNotice } from '../wording/outcomes.ts';
import type { OpenedMessage } from './access.ts';
import { answerEnglishMessage } from './english-page.ts';
import { personData } from './person-rows.ts';
import { senderPhotos } from './photo-data.ts';

/** The sender's page of a contact message. */
export async function answerMessageStatus(
  c: AppContext,
  { message, link }: OpenedMessage,
  { notice, status }: PageNotice = {},
): Promise<Response> {
  const [view, extension, photos] = await Promise.all([
    readPerson(c.env, message, c.var.now),
    findExtension(c.env.DB, message.id),
    senderPhotos(c, { kind: 'message', message }, link),
  ]);
  if (message.lang === 'en')
    return answerEnglishMessage(c, { kind: 'message', message, link }, { view, extension, status });
  return answerPage(c, {
    path: '/khung/tin-nhan/',
    status: status ?? statusOf(view),
    keeping: 'personal',
    data: {
      title: `Tin nhắn ${message.code}`,
      notice: notice ?? photoNotice(c),
      wrong: (status ?? 200) >= 400,
      toForm: null,
      self: link.self,
      code: message.code,
      kindName: contactKinds[message.kind],
      bookingCode: message.bookingCode,
      state: message.state === 'held' ? 'open' : message.state,
      stateName: messageStateNames[message.state],
      created: formatInstant(message.createdAt),
      due: dueLine(message),
      done: doneLines(message, extension !== null),
      extended: extensionLine(extension),
      ...personData(view, link),
      next:
        view.state === 'ended' && canTransitionMessage(message.state, 'close')
          ? unreachableLines('message')
          : messageLines(message),
      ...photos,
    },
  });
}
