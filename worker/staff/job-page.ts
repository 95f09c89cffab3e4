import { bookingRules } from '../../shared/content/catalogue.ts';
import { cancelReasons, declineReasons, reasonText } from '../../shared/jobs/reasons.ts';
import { canTransition } from '../../shared/states.ts';
import type { PageNotice } from '../wording/outcomes.ts';
import { describeBooking, describePrice } from '../wording/booking.ts';
import { describeAnswers } from '../wording/visit.ts';
import type { AppContext } from '../web/context.ts';
import { issueToken } from '../records/action.ts';
import { answerPage } from '../web/pages.ts';
import { photoNotice } from '../photos/answer.ts';
import { selfPath } from './access.ts';
import { staffPhotos } from './photo-data.ts';
import { detailsData } from './details.ts';
import { customerRequestsData } from './customer-requests.ts';
import { newestLine, phoneChangeLine, staffStateNames, undoUntil } from '../wording/staff.ts';
import type { Booking } from '../store/bookings.ts';
import { findNewest, listEvents } from '../store/events.ts';
import { listWindowChoices } from '../time-windows/window-choice.ts';

/** The customers' rules without the lead time: by telephone staff may agree on a nearer time than the form offers. */
export const staffRules = { ...bookingRules, leadHours: 0 };

export async function answerJobPage(
  c: AppContext,
  booking: Booking,
  { notice, status, open }: PageNotice = {},
): Promise<Response> {
  const { now } = c.var;
  const { code, service, size, ward, when, created } = describeBooking(booking);
  // The crew's text has no code: with the phone number beside it, it would open the request.
  const headline = `${[service, size].filter(isText).join(' · ')}\n${when}`;
  const [events, details, actions, asked, photos] = await Promise.all([
    listEvents(c.env.DB, booking.id),
    detailsData(c, booking, headline),
    actionData(c, booking, open),
    customerRequestsData(c, booking),
    staffPhotos(c, { kind: 'booking', booking }),
  ]);
  const last = findNewest(events);
  return answerPage(c, {
    path: '/khung/viec/',
    status: status ?? (details.detailsLater ? 503 : 200),
    keeping: 'personal',
    data: {
      ...{ code, service, size, ward, when, created },
      answers: describeAnswers(booking),
      ...describePrice(booking, now),
      title: `Việc ${booking.code}`,
      notice: notice ?? photoNotice(c),
      wrong: (status ?? 200) >= 400,
      toForm: null,
      self: selfPath(c, booking),
      token: await issueToken(c, 'staff', booking),
      state: booking.state,
      stateName: staffStateNames[booking.state],
      newest: last?.type === 'submit' ? null : newestLine(last),
      reason: reasonText(last?.reason ?? null),
      holdReason: booking.state === 'held' ? reasonText(booking.holdReason) : null,
      phoneChange: booking.erasedAt === null ? phoneChangeLine(events) : null,
      ...asked,
      ...details,
      ...actions,
      ...photos,
    },
  });
}

async function actionData(c: AppContext, booking: Booking, open: string | undefined) {
  const { state } = booking;
  const { now } = c.var;
  const undo = undoUntil(booking, now);
  const from = c.req.query('from');
  const self = selfPath(c, booking);
  const canReschedule = state === 'requested' || state === 'confirmed';
  const canRelease = canTransition(state, 'release');
  return {
    canConfirm: canTransition(state, 'confirm'),
    canDecline: canTransition(state, 'decline'),
    canReschedule,
    canComplete: canTransition(state, 'complete') && hasBegun(booking, now),
    canCancel: canTransition(state, 'cancel'),
    canRelease: canRelease && booking.visitStartsAt > now,
    canReleaseElsewhere: canRelease,
    canDrop: canTransition(state, 'drop'),
    undoConfirm: state === 'confirmed' ? undo : null,
    undoDecline: state === 'declined' ? undo : null,
    declineReasons: toRows(declineReasons),
    cancelReasons: toRows(cancelReasons),
    openDecline: open === 'decline',
    openCancel: open === 'cancel',
    openTime: from !== undefined || open === 'reschedule' || open === 'release',
    ...(canReschedule || canRelease
      ? await listWindowChoices(c.env.DB, {
          booking,
          rules: staffRules,
          from,
          now,
          hrefOf: (day) => `${self}?from=${day}#doi-gio`,
        })
      : { days: [], moreHref: null, earlierHref: null }),
  };
}

/** Whether the visit's time has come. A job cannot be completed before. */
export function hasBegun(booking: Pick<Booking, 'visitStartsAt'>, now: Date): boolean {
  return booking.visitStartsAt <= now;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function toRows(reasons: Readonly<Record<string, string>>) {
  return Object.entries(reasons).map(([id, label]) => ({ id, label }));
}
