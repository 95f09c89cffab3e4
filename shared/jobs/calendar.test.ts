import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { type CalendarEvent, renderCalendar } from './calendar';

const event: CalendarEvent = {
  uid: 'b1@example.com',
  sequence: 3,
  stampedAt: new Date('2026-11-22T01:02:03.004Z'),
  startsAt: new Date('2026-11-24T00:30:00Z'),
  endsAt: new Date('2026-11-24T02:00:00Z'),
  status: 'CONFIRMED',
  summary: 'TS-8K3M2QX · Giặt ghế sofa tại nhà',
  description: 'Gọi trước, mang máy hút; đến sau 7:30\nHỏi bảo vệ \\ cổng sau',
  location: 'Phường Trường Vinh, Nghệ An',
  organizer: { name: 'Công ty "Tùng Sơn", Vinh', email: 'noreply@example.com' },
};

function parse(text: string): ICAL.Event {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined);
}

describe('renderCalendar', () => {
  test('is read by another implementation as it was meant', () => {
    const read = parse(renderCalendar(event));
    expect(read.uid).toBe(event.uid);
    expect(read.sequence).toBe(3);
    expect(read.summary).toBe(event.summary);
    expect(read.description).toBe(event.description);
    expect(read.location).toBe(event.location);
    expect(read.startDate.toJSDate()).toEqual(event.startsAt);
    expect(read.endDate.toJSDate()).toEqual(event.endsAt);
    expect(read.organizer).toBe('mailto:noreply@example.com');
  });

  test('publishes an event and takes a cancelled one back', () => {
    expect(renderCalendar(event)).toContain('\r\nMETHOD:PUBLISH\r\n');
    const cancelled = renderCalendar({ ...event, status: 'CANCELLED' });
    expect(cancelled).toContain('\r\nMETHOD:CANCEL\r\n');
    expect(cancelled).toContain('\r\nSTATUS:CANCELLED\r\n');
  });

  test('holds any text in lines of at most 75 octets', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const summary = text.replaceAll(/\p{Cc}/gu, '');
        const rendered = renderCalendar({ ...event, summary });
        for (const line of rendered.split('\r\n')) {
          expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
        }
        expect(parse(rendered).summary).toBe(summary);
      }),
    );
  });
});
