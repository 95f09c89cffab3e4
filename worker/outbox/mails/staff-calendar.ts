import { renderStaffCalendar } from '../../emails/staff-calendar.ts';
import { isOff, renderBookingCalendar } from '../../wording/calendar-file.ts';
import { staffUrl } from '../../wording/report-lines.ts';
import { describeVisit } from '../../wording/visit.ts';
import type { Booking } from '../../store/bookings.ts';
import type { DeliveryKind } from '../../store/deliveries.ts';
import { readEarlierStaffMails } from '../../store/earlier-mails.ts';
import type { Prepared, Preparing, StaffMail } from '../prepare.ts';

/** Kinds of mail about what staff did with a visit that may stand in a calendar. */
export function isCalendarKind(
  kind: DeliveryKind,
): kind is Extract<DeliveryKind, `calendar.${string}`> {
  return kind.startsWith('calendar.');
}

const nothingToSay = {
  ready: false,
  result: { outcome: 'superseded', result: 'nothing-to-say' },
} as const;

/**
 * The mail about what staff did with a visit; it discloses nothing of the customer. A decline that was undone is nothing to say,
 * nor is a change of a visit that no mail gave out. Null where the mail that gives it out never arrived: it is due now.
 */
export async function prepareCalendarMail(
  { env, delivery, records }: Pick<Preparing, 'env' | 'delivery' | 'records'>,
  booking: Booking,
): Promise<Prepared<StaffMail> | null> {
  const earlier = await readEarlierStaffMails(env.DB, delivery);
  const off = isOff(booking.state);
  if (!off && earlier === 'undelivered') return null;
  const isUndone = delivery.kind === 'calendar.cancelled' && !off;
  if (earlier === 'none' || isUndone) return nothingToSay;
  const { service, ward, date, arrival } = describeVisit(booking);
  const mail = await renderStaffCalendar({
    code: booking.code,
    service,
    ward,
    date,
    arrival,
    isOff: off,
    url: await staffUrl(records.mailing(), booking),
    calendar: renderBookingCalendar(env, booking, delivery.createdAt),
  });
  return { ready: true, value: { mail, address: 'first', fields: null } };
}
