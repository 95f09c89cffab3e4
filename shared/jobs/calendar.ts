/** An event of a calendar file; texts are unescaped; `renderCalendar` escapes them. */
export interface CalendarEvent {
  /** The same for every version of one event. */
  uid: string;
  /** Higher in every later version (iCalendar SEQUENCE). */
  sequence: number;
  /** When this version was written. */
  stampedAt: Date;
  startsAt: Date;
  endsAt: Date;
  status: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED';
  summary: string;
  description: string;
  location: string;
  organizer: { name: string; email: string };
}

/** Most octets of a line without its break (RFC 5545, 3.1), the line break not counted (RFC 5545, 3.1). */
const LINE_MAX_OCTETS = 75;

/** What the file does with its event. A mail has to name it beside the type, in the same word (RFC 5545, 3.7.2). */
export function calendarMethod(status: CalendarEvent['status']): 'CANCEL' | 'PUBLISH' {
  return status === 'CANCELLED' ? 'CANCEL' : 'PUBLISH';
}

/** A calendar file (RFC 5545, UTF-8, CRLF) with one event. Opening the file of a cancelled event removes it from the calendar. */
export function renderCalendar(event: CalendarEvent): string {
  return renderLines([`METHOD:${calendarMethod(event.status)}`, ...listEventLines(event)]);
}

/** A calendar to subscribe to. What it no longer holds leaves the calendars of its subscribers, who ask again each hour. */
export function renderCalendarFeed(name: string, events: readonly CalendarEvent[]): string {
  return renderLines([
    'METHOD:PUBLISH',
    `NAME:${escapeText(name)}`,
    `X-WR-CALNAME:${escapeText(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...events.flatMap(listEventLines),
  ]);
}

function renderLines(content: readonly string[]): string {
  const frame = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//local-service-booking//VI'];
  return [...frame, ...content, 'END:VCALENDAR'].map((line) => `${foldLine(line)}\r\n`).join('');
}

function listEventLines(event: CalendarEvent): string[] {
  const { organizer } = event;
  return [
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${toUtc(event.stampedAt)}`,
    `DTSTART:${toUtc(event.startsAt)}`,
    `DTEND:${toUtc(event.endsAt)}`,
    `STATUS:${event.status}`,
    `SUMMARY:${escapeText(event.summary)}`,
    `DESCRIPTION:${escapeText(event.description)}`,
    `LOCATION:${escapeText(event.location)}`,
    `ORGANIZER;CN="${organizer.name.replaceAll(/["\p{Cc}]/gu, ' ')}":mailto:${organizer.email}`,
    'END:VEVENT',
  ];
}

function toUtc(instant: Date): string {
  return instant.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
}

function escapeText(text: string): string {
  return text.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\r\n?|\n/g, '\\n');
}

/** Folds by octets and never inside a character; continuation lines begin with a space. */
function foldLine(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = countOctets(character.codePointAt(0) ?? 0);
    if (octets + size > LINE_MAX_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

/** Octets of a character as UTF-8. An encoder asked for each one took longer than all else of a staff mail. */
function countOctets(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
