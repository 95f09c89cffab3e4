import type { RawFields } from '../../shared/forms/fields.ts';
import { extensionReasons, holdReasons, isExtensionReason } from '../../shared/jobs/reasons.ts';
import { canTransitionMessage } from '../../shared/states.ts';
import { formatDate, formatInstant, toVietnamDate } from '../../shared/time.ts';
import { type ActionOutcome } from '../records/booking-action.ts';
import { type PageNotice, answerAction, nothingChosen } from '../wording/outcomes.ts';
import type { AppContext } from '../web/context.ts';
import { doneLines, extensionLine } from '../wording/customer.ts';
import { transitionMessage } from '../records/message-transition.ts';
import { answerPage } from '../web/pages.ts';
import { photoNotice } from '../photos/answer.ts';
import { selfPath, startHref } from './access.ts';
import { staffPhotos } from './photo-data.ts';
import { customerRequestsData, runCustomerRequest } from './customer-requests.ts';
import { detailsData, openDetails } from './details.ts';
import { isOpenForStaff } from '../web/details-cookie.ts';
import { canOpenData, openDataOf } from './open-data.ts';
import { doneLine, newestLine, staffKindName, staffMessageStateNames } from '../wording/staff.ts';
import { freshStaffPath } from '../signing/staff-links.ts';
import { findBookingByCode } from '../store/bookings.ts';
import { listEvents } from '../store/events.ts';
import { findMessage, markGenuine, type Message } from '../store/messages.ts';
import { findPlanByCode } from '../store/plans.ts';
import { extendableFrom, findExtension, writeExtension } from '../store/message-transitions.ts';
import { type Action, issueToken, runAction, versionOfToken } from '../records/action.ts';

/** What the address of the page says after an action that has an event. */
const DONE = '?xong=1';

export async function answerMessagePage(
  c: AppContext,
  message: Message,
  { notice, status, open, typed }: PageNotice & { typed?: string } = {},
): Promise<Response> {
  const { now } = c.var;
  const { code, kind, state, holdReason, dueOn } = message;
  const [events, extension, { shown: details, person }, asked, photos] = await Promise.all([
    listEvents(c.env.DB, message.id),
    findExtension(c.env.DB, message.id),
    detailsData(c, message),
    customerRequestsData(c, message),
    staffPhotos(c, { kind: 'message', message }),
  ]);
  const last = events.at(-1);
  const justDone = c.req.query('xong') === undefined ? null : doneLine(last);
  const isWaiting = state === 'open' || state === 'held';
  const isAnswered = state === 'answered';
  const canExtend =
    kind === 'privacy' && isAnswered && extension === null && isInTime(message, now);
  const reasons: Readonly<Record<string, string>> = holdReasons;
  return answerPage(c, {
    path: '/khung/viec-tin-nhan/',
    status: status ?? (details.detailsLater ? 503 : 200),
    keeping: 'personal',
    data: {
      title: `Tin nhắn ${code}`,
      notice: notice ?? (status === undefined ? justDone : null) ?? photoNotice(c),
      wrong: (status ?? 200) >= 400,
      toForm: null,
      errors: {},
      invalid: {},
      self: selfPath(c, message),
      token: await issueToken(c, 'staff', message),
      code,
      kindName: staffKindName(message),
      bookingCode: message.bookingCode,
      bookingHref: person === null ? null : await bookingHref(c, message),
      startHref: await startHref(c, person !== null),
      created: formatInstant(message.createdAt),
      due: isWaiting ? formatDate(dueOn) : null,
      overdue: isWaiting && dueOn < toVietnamDate(now),
      state,
      stateName: staffMessageStateNames[state],
      newest: last?.type === 'submit' ? null : newestLine(last),
      holdReason: state === 'held' ? (reasons[holdReason ?? ''] ?? null) : null,
      canAnswer: canTransitionMessage(state, 'answer'),
      canClose: canTransitionMessage(state, 'close'),
      canRelease: canTransitionMessage(state, 'release'),
      canDrop: canTransitionMessage(state, 'drop'),
      done: isAnswered ? doneLines(message, extension !== null) : null,
      canExtend,
      doneIfExtended: canExtend ? doneLines(message, true) : null,
      extended: extensionLine(extension),
      extensionReasons: Object.entries(extensionReasons).map(([id, label]) => ({ id, label })),
      openExtend: open === 'extend',
      canOpenData: canOpenData(message),
      openData: open === 'data',
      values: { code: typed ?? message.bookingCode ?? '' },
      isGenuine: message.isGenuine,
      canMarkGenuine: canMarkGenuine(message),
      ...asked,
      ...details,
      ...photos,
    },
  });
}

/** The page of the booking or plan that the message names, where there is one; nothing else is named by what a sender typed. */
async function bookingHref(c: AppContext, { bookingCode }: Message): Promise<string | null> {
  if (bookingCode === null) return null;
  const named =
    (await findBookingByCode(c.env.DB, bookingCode)) ??
    (await findPlanByCode(c.env.DB, bookingCode));
  return named === null ? null : freshStaffPath(c.var.staffSigning, named);
}

function lateOf(outcome: ActionOutcome): ActionOutcome | PageNotice {
  const notice = 'Yêu cầu này đã quá hạn nên không gia hạn được nữa.';
  return outcome === 'outdated' ? { status: 409, notice } : outcome;
}

function isInTime({ createdAt }: Message, now: Date): boolean {
  return createdAt >= extendableFrom(now);
}

/** Answers a form on the message's page. Nothing changes and no details are shown unless a radio was chosen, see `answerJobAction`. */
export async function answerMessageAction(
  c: AppContext,
  message: Message,
  fields: RawFields,
): Promise<Response> {
  const act = fields['act'] ?? '';
  const token = fields['token'] ?? '';
  const reason = fields['reason'] ?? '';
  if (act === 'extend' && isExtensionReason(reason)) {
    const write = () => writeExtension(c.env.DB, { message, reason, now: c.var.now });
    const outcome = await runMessageAction(c, message, { type: act, token, write });
    return finish(
      c,
      { message, said: DONE },
      isInTime(message, c.var.now) ? outcome : lateOf(outcome),
    );
  }
  const settled = await runCustomerRequest(c, { kind: 'message', message }, fields);
  if (settled !== null) return finish(c, { message }, settled);
  if (act === 'genuine' && fields['sure'] === 'yes') return markAsGenuine(c, message, token);
  const isTransition = act === 'answer' || act === 'close' || act === 'release' || act === 'drop';
  const isOpening = act === 'open' || (act === 'data' && canOpenData(message));
  const isSure = fields['sure'] === 'yes' || (await isOpenForStaff(c, message));
  if (!isSure || (!isTransition && !isOpening)) {
    return answerMessagePage(c, message, { ...nothingChosen, open: act, typed: fields['code'] });
  }
  if (isTransition) {
    const transition = { message, transition: act, actor: 'staff', now: c.var.now } as const;
    const write = () => transitionMessage(c.env, transition);
    const outcome = await runMessageAction(c, message, { type: act, token, write });
    return finish(c, { message, said: DONE }, outcome);
  }
  if ((await versionOfToken(c, { token, role: 'staff' }, message)) === null)
    return finish(c, { message }, 'expired');
  return act === 'data' ? openData(c, message, fields['code'] ?? '') : openMessage(c, message);
}

/** Whether a complaint about a booking may be marked as its customer's own: while it is open it delays an erasure. */
function canMarkGenuine({ kind, state, bookingCode, isGenuine }: Message): boolean {
  const isOpen = canTransitionMessage(state, 'close');
  return kind === 'complaint' && isOpen && bookingCode !== null && !isGenuine;
}

async function markAsGenuine(c: AppContext, message: Message, token: string): Promise<Response> {
  if ((await versionOfToken(c, { token, role: 'staff' }, message)) === null)
    return finish(c, { message }, 'expired');
  if (!canMarkGenuine(message))
    return finish(c, { message }, message.isGenuine ? 'repeated' : 'outdated');
  await markGenuine(c.env.DB, message.id);
  return finish(c, { message }, 'done');
}

async function openMessage(c: AppContext, message: Message): Promise<Response> {
  const opened = await openDetails(c, message);
  return opened === 'open'
    ? c.redirect(selfPath(c, message), 303)
    : answerMessagePage(c, message, { status: opened === 'later' ? 503 : 410 });
}

async function openData(c: AppContext, message: Message, typed: string): Promise<Response> {
  const opened = await openDataOf(c, message, typed);
  return 'path' in opened
    ? c.redirect(opened.path, 303)
    : answerMessagePage(c, message, { ...opened, open: 'data', typed });
}

function runMessageAction(
  c: AppContext,
  message: Message,
  action: Pick<Action<never>, 'type' | 'token' | 'write'>,
): Promise<ActionOutcome> {
  return runAction<never>(c, { ...action, record: message, role: 'staff' });
}

function finish(
  c: AppContext,
  { message, said = '' }: { message: Message; said?: string },
  outcome: ActionOutcome | PageNotice,
): Promise<Response> {
  return answerAction(c, outcome, {
    path: async () => `${selfPath(c, message)}${said}`,
    show: async (notice) =>
      answerMessagePage(c, (await findMessage(c.env.DB, message.id)) ?? message, notice),
  });
}
