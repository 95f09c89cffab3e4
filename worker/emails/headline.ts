import { formatShortDate, formatSpan } from '../../shared/time.ts';

/** Characters of a mail's text that a phone's notification shows. */
const HEADLINE_LENGTH = 90;

const SEPARATOR = ' · ';

/** What a headline shows of a job. */
export interface JobHeadline {
  code: string;
  service: string;
  ward: string;
  date: string;
  arrival: { from: string; to: string };
}

/** Code, service, ward, day and window in at most 90 characters; a long service or ward name is shortened, nothing else. */
export function renderHeadline(job: JobHeadline): string {
  const fixed = [job.code, formatShortDate(job.date), formatSpan(job.arrival)].join(SEPARATOR);
  const room = HEADLINE_LENGTH - fixed.length - 2 * SEPARATOR.length;
  const ward = shorten(job.ward, Math.max(room - job.service.length, Math.floor(room / 2)));
  const service = shorten(job.service, room - ward.length);
  return [job.code, service, ward, formatShortDate(job.date), formatSpan(job.arrival)].join(
    SEPARATOR,
  );
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
}
