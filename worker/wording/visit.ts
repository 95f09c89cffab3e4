import { findWindow } from '../../shared/jobs/availability.ts';
import { wardName } from '../../shared/content/areas.ts';
import { areas, bookingRules, findService, findWard } from '../../shared/content/catalogue.ts';
import { describeAnswer } from '../../shared/forms/answers.ts';
import { describeSizes, nameServices, nameWork } from '../../shared/jobs/visit-words.ts';
import { formatTime, toVietnamTime } from '../../shared/time.ts';
import type { Booking } from '../store/bookings.ts';

/** A booking's facts in words: names instead of ids. Where the catalogue no longer has a name, it is the id. */
export interface VisitWords {
  /** All services, and that the visit is to look first where it is. */
  service: string;
  /** "45 m²", by service where there are several, or null. */
  size: string | null;
  /** The services with their sizes, on one line. */
  work: string;
  ward: string;
  province: string;
  date: string;
  /** When the crew arrives, HH:MM in Vietnam. */
  arrival: { from: string; to: string };
  /** "làm đến 11:00" where the work goes on after the window in which the crew arrives, or null. */
  until: string | null;
}

export function describeVisit(booking: Booking): VisitWords {
  const ward = findWard(booking.ward);
  const arrival = arrivalOf(booking);
  const end = toVietnamTime(booking.visitEndsAt);
  return {
    service: nameServices(booking),
    size: describeSizes(booking.services),
    work: nameWork(booking),
    ward: ward === undefined ? booking.ward : wardName(ward),
    province: areas.province.name,
    date: booking.visitDate,
    arrival,
    until: end > arrival.to ? `làm đến ${formatTime(end)}` : null,
  };
}

const NOT_CONFIRMED = 'CHƯA XÁC NHẬN với khách: hỏi văn phòng trước khi đi';

/**
 * A visit as the lines of a text for a crew: when, what, what was answered, what to collect. No code is in it: with the phone
 * number beside it, it would open the request.
 */
export function crewLines(booking: Booking, when: string, collect: string): string[] {
  const { work, until } = describeVisit(booking);
  const what = [when, until, work].filter((part) => part !== null).join(' · ');
  const unsure = booking.state === 'requested' ? [NOT_CONFIRMED] : [];
  return [what, ...unsure, ...answerLines(booking), collect];
}

/** What was answered about the services, a row a question; without those that the catalogue no longer asks. */
export function describeAnswers({
  services,
}: Pick<Booking, 'services'>): { label: string; value: string }[] {
  return services.flatMap(({ id, answers }) => {
    const service = findService(id);
    return (service?.questions ?? []).flatMap((question) => {
      const answer = answers[question.id];
      if (service === undefined || answer === undefined) return [];
      const label = services.length === 1 ? question.label : `${service.name}, ${question.label}`;
      return [{ label, value: describeAnswer(question, answer) }];
    });
  });
}

/** What was answered as lines of text. */
export function answerLines(booking: Pick<Booking, 'services'>): string[] {
  return describeAnswers(booking).map(({ label, value }) => `${label}: ${value}`);
}

/** The window as it was promised. Where the settings have changed since, it is the booking's own start and end. */
function arrivalOf(booking: Booking): VisitWords['arrival'] {
  const from = toVietnamTime(booking.visitStartsAt);
  const window = findWindow(bookingRules, booking.window);
  return { from, to: window?.from === from ? window.to : toVietnamTime(booking.visitEndsAt) };
}
