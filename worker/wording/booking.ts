import { findService, findWard } from '../../shared/content/catalogue.ts';
import { estimatePrice, formatBasis, formatEstimate } from '../../shared/jobs/estimate.ts';
import { formatDate, formatInstant, formatSpan, toVietnamDate } from '../../shared/time.ts';
import { describeVisit } from './visit.ts';
import type { Booking } from '../store/bookings.ts';

/** A booking in words, without personal data. */
export function describeBooking(booking: Booking) {
  const { service, size, ward, date, arrival } = describeVisit(booking);
  return {
    code: booking.code,
    service,
    size,
    ward,
    when: `${formatDate(date)}, ${formatSpan(arrival)}`,
    date: formatDate(date),
    day: `${formatDate(date)},`,
    hours: formatSpan(arrival),
    created: formatInstant(booking.createdAt),
  };
}

/** The estimated price by today's price list and how it is calculated; both null where the list has no price. */
export function describePrice(
  job: Pick<Booking, 'service' | 'quantity' | 'ward'>,
  now: Date,
): { estimate: string | null; basis: string | null } {
  const service = findService(job.service);
  const estimate =
    service === undefined
      ? null
      : estimatePrice({
          service,
          quantity: job.quantity,
          ward: findWard(job.ward),
          on: toVietnamDate(now),
        });
  if (estimate === null) return { estimate: null, basis: null };
  return { estimate: formatEstimate(estimate), basis: formatBasis(estimate) };
}
