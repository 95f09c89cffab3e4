import ICAL from 'ical.js';
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { later } from '../../../shared/time.ts';
import { transitionBooking } from '../../records/booking-transition.ts';
import { feedPath, weekPath } from '../../signing/staff-links.ts';
import { setCrewOff } from '../../store/crews.ts';
import { raiseEpoch } from '../../store/link-epochs.ts';
import { Visitor } from '../../test/browser.ts';
import { useCrews } from '../../test/crews.ts';
import { bookingFields, NOW } from '../../test/fixtures.ts';
import { readBooking, readDatabase, submitBooking } from '../../test/records.ts';
import { staffSigning } from '../../test/staff.ts';

const me = new Visitor(NOW);

async function confirm(id: string) {
  const booking = await readBooking(id);
  await transitionBooking(env, { booking, transition: 'confirm', actor: 'staff', now: NOW });
}

describe('GET /viec/lich.ics', () => {
  test('has the confirmed visits with code, service, ward and window, and nothing of a person', async () => {
    const confirmed = await submitBooking();
    const waiting = await submitBooking({ phone: '0913 000 111' });
    await confirm(confirmed.id);
    const before = await readDatabase();
    const answer = await me.open(await feedPath(staffSigning(), null));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toBe('text/calendar; charset=utf-8');
    expect(await readDatabase()).toBe(before);
    const events = new ICAL.Component(ICAL.parse(answer.text) as unknown[]).getAllSubcomponents(
      'vevent',
    );
    expect(events.map((event) => event.getFirstPropertyValue('status'))).toEqual(['CONFIRMED']);
    const [event] = events.map((one) => new ICAL.Event(one));
    expect(event?.summary).toContain(confirmed.code);
    expect(event?.startDate.toJSDate()).toEqual(confirmed.visitStartsAt);
    expect(event?.endDate.toJSDate()).toEqual(confirmed.visitEndsAt);
    expect(answer.text).not.toContain(waiting.code);
    const { name = '', phone = '', address = '' } = bookingFields();
    for (const value of [name, phone, address]) expect(answer.text).not.toContain(value);
  });

  test('is an empty calendar where nothing is confirmed', async () => {
    const { text } = await me.open(await feedPath(staffSigning(), null));
    expect(new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent')).toEqual(
      [],
    );
  });

  test('opens by its own token only, which opens nothing else, until links of staff are closed', async () => {
    const feed = await feedPath(staffSigning(), null);
    const token = feed.split('f=')[1] ?? '';
    const week = (await weekPath(staffSigning())).split('/')[3] ?? '';
    for (const wrong of ['', 'x', week, week.split('.')[1]]) {
      expect((await me.open(`/viec/lich.ics?f=${wrong}`)).status).toBe(403);
    }
    const crew = (await feedPath(staffSigning(), 'doi-1')).split('f=')[1];
    expect((await me.open(`/viec/lich.ics?f=${crew}`)).status).toBe(403);
    for (const path of [`/viec/lich/${token}/`, `/viec/${token}/`, `/viec/so-lieu/${token}/`]) {
      expect((await me.open(path)).status).toBeGreaterThanOrEqual(403);
    }
    expect((await me.open(feed)).status).toBe(200);
    await raiseEpoch(env.DB, 'staff', later(NOW, { minutes: 1 }));
    expect((await me.open(feed)).status).toBe(403);
  });
});

describe('GET /viec/doi/<crew>/lich.ics', () => {
  useCrews();

  test('has the visits of its crew only, and none of a crew that is gone', async () => {
    const [own, other] = [await submitBooking(), await submitBooking({ phone: '0913 000 111' })];
    await confirm(own.id);
    await confirm(other.id);
    await env.DB.prepare(`update bookings set crew = 'doi-1' where id = ?`).bind(own.id).run();
    const { text } = await me.open(await feedPath(staffSigning(), 'doi-1'));
    expect(
      new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent'),
    ).toHaveLength(1);
    expect(text).toContain(own.code);
    expect(text).not.toContain(other.code);
    const feed = await feedPath(staffSigning(), 'doi-2');
    expect((await me.open(feed.replace('doi-2', 'doi-1'))).status).toBe(403);
    expect((await me.open(await feedPath(staffSigning(), 'doi-9'))).status).toBe(403);
  });

  test('has nothing of a day on which the crew is off, and ends with the other links of the crew', async () => {
    const own = await submitBooking();
    await confirm(own.id);
    await env.DB.prepare(`update bookings set crew = 'doi-1' where id = ?`).bind(own.id).run();
    const feed = await feedPath(staffSigning(), 'doi-1');
    const day = { date: own.visitDate, crew: 'doi-1' };
    await setCrewOff(env.DB, { ...day, off: true });
    expect((await me.open(feed)).text).not.toContain(own.code);
    await setCrewOff(env.DB, { ...day, off: false });
    expect((await me.open(feed)).text).toContain(own.code);
    await raiseEpoch(env.DB, 'crew:doi-1', later(NOW, { minutes: 1 }));
    expect((await me.open(feed)).status).toBe(403);
    expect((await me.open(await feedPath(staffSigning(), 'doi-2'))).status).toBe(200);
    const week = await me.open(await weekPath(staffSigning()));
    const [next = ''] = /\/viec\/doi\/doi-1\/lich\.ics\?f=[^"]+/.exec(week.text) ?? [];
    expect((await me.open(next)).text).toContain(own.code);
  });
});
