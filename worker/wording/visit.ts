import { findWindow } from '../../shared/jobs/availability.ts';
import { wardName } from '../../shared/content/areas.ts';
import { areas, bookingRules, findService, findWard } from '../../shared/content/catalogue.ts';
import { describeAnswer } from '../../shared/forms/answers.ts';
import { formatCount } from '../../shared/money.ts';
import { unitNames } from '../../shared/content/services.ts';
import { toVietnamTime } from '../../shared/time.ts';
import type { Booking } from '../store/bookings.ts';

/** A booking's facts in words: names instead of ids. Where the catalogue no longer has a name, it is the id. */
export interface VisitWords {
  service: string;
  /** "45 m²", or null. */
  size: string | null;
  ward: string;
  province: string;
  date: string;
  /** When the crew arrives, HH:MM in Vietnam. */
  arrival: { from: string; to: string };
}

export function describeVisit(booking: Booking): VisitWords {
  const service = findService(booking.service);
  const ward = findWard(booking.ward);
  const unit = service === undefined ? '' : ` ${unitNames[service.unit]}`;
  return {
    service: service?.name ?? booking.service,
    size: booking.quantity === null ? null : `${formatCount(booking.quantity)}${unit}`,
    ward: ward === undefined ? booking.ward : wardName(ward),
    province: areas.province.name,
    date: booking.visitDate,
    arrival: arrivalOf(booking),
  };
}

/** What was answered about the services, a row a question; without those that the catalogue no longer asks. */
export function describeAnswers({
  answers,
}: Pick<Booking, 'answers'>): { label: string; value: string }[] {
  return Object.entries(answers ?? {}).flatMap(([id, given]) =>
    (findService(id)?.questions ?? []).flatMap((question) => {
      const answer = given[question.id];
      if (answer === undefined) return [];
      return [{ label: question.label, value: describeAnswer(question, answer) }];
    }),
  );
}

/** The window as it was promised. Where the settings have changed since, it is the booking's own start and end. */
function arrivalOf(booking: Booking): VisitWords['arrival'] {
  const from = toVietnamTime(booking.visitStartsAt);
  const window = findWindow(bookingRules, booking.window);
  return { from, to: window?.from === from ? window.to : toVietnamTime(booking.visitEndsAt) };
}
