import { findService, findWard } from '../../shared/content/catalogue.ts';
import {
  type Estimate,
  estimatePrice,
  formatBasis,
  formatEstimate,
} from '../../shared/jobs/estimate.ts';
import { formatDate, formatInstant, formatSpan, toVietnamDate } from '../../shared/time.ts';
import { describeVisit } from './visit.ts';
import type { Booking } from '../store/bookings.ts';

/** A booking in words, without personal data. */
export function describeBooking(booking: Booking) {
  const { service, size, work, ward, date, arrival, until } = describeVisit(booking);
  return {
    code: booking.code,
    service,
    size,
    work,
    ward,
    when: `${formatDate(date)}, ${formatSpan(arrival)}`,
    date: formatDate(date),
    day: `${formatDate(date)},`,
    hours: formatSpan(arrival),
    until,
    created: formatInstant(booking.createdAt),
  };
}

/** What a visit is likely to cost by today's price list; null where the list has no price for all of it, or it is to quote. */
export function estimateVisit(
  { visit, services, ward }: Pick<Booking, 'visit' | 'services' | 'ward'>,
  now: Date,
): Estimate | null {
  const jobs = services.flatMap(({ id, quantity }) => {
    const service = findService(id);
    return service === undefined ? [] : [{ service, quantity }];
  });
  if (visit === 'survey' || jobs.length < services.length) return null;
  return estimatePrice({ jobs, ward: findWard(ward), on: toVietnamDate(now) });
}

/** The estimated price and how it is calculated, in words; both null where there is none. */
export function describePrice(
  job: Pick<Booking, 'visit' | 'services' | 'ward'>,
  now: Date,
): { estimate: string | null; basis: string | null } {
  const estimate = estimateVisit(job, now);
  if (estimate === null) return { estimate: null, basis: null };
  return { estimate: formatEstimate(estimate), basis: formatBasis(estimate) };
}
