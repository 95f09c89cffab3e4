import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { later } from '../../../shared/time';
import { transitionBooking } from '../../records/booking-transition';
import { runScheduled } from '../../scheduled';
import { staffPath, weekPath } from '../../signing/staff-links';
import { formOf, type Page, type PageForm, Visitor } from '../../test/browser';
import { answerDispatch, dispatchDeliveries } from '../../test/dispatch';
import { NOW } from '../../test/fixtures';
import { count, readBooking, readMessage, submitBooking, submitMessage } from '../../test/records';
import { staffSigning } from '../../test/staff';

vi.setConfig({ testTimeout: 30_000 });

const held = { holdReason: 'intent' };
const SPAN = { sentFrom: '2026-11-23T08:00', sentTo: '2026-11-23T09:00', sure: 'yes' };

async function openWeek(now = NOW) {
  const me = new Visitor(now);
  return { me, page: await me.open(await weekPath(staffSigning(now))) };
}

function formWith(page: Page, name: string): PageForm {
  const form = page.forms.find(
    ({ values, radios }) => name in values || radios.some((radio) => radio.name === name),
  );
  if (form === undefined) throw new Error(`No form with ${name}`);
  return form;
}

describe('POST /viec/lich/<token>/nhan-lai/', () => {
  test('releases one: a booking takes a free seat, a message is open', async () => {
    const booking = await submitBooking({}, held);
    const message = await submitMessage({ kind: 'question', consent: 'yes' }, held);
    const { me, page } = await openWeek();
    const form = formWith(page, 'held');
    expect(form.radios.map(({ value }) => value)).toContain(`${booking.code}/1`);
    const done = await me.follow(form, { held: `${booking.code}/1` });
    expect(done.words).toContain('Đã nhận lại, đang chờ trả lời');
    await me.follow(form, { held: `${message.code}/1` });
    expect((await readBooking(booking.id)).state).toBe('requested');
    expect((await readMessage(message.id)).state).toBe('open');
    expect(await count('seats')).toBe(1);
    expect((await me.submit(form, { held: `${booking.code}/1` })).status).toBe(409);
  });

  test('asks for another window where none is free, and releases all that have one', async () => {
    for (const name of ['Một', 'Hai', 'Ba']) await submitBooking({ name });
    const full = await submitBooking({ name: 'Bốn' }, held);
    const free = await submitBooking({ name: 'Năm', window: 'chieu' }, held);
    const past = await submitBooking({ name: 'Sáu', date: '2026-11-25' }, held);
    await env.DB.prepare(
      "update bookings set visit_date = '2026-11-20', visit_starts_at = '2026-11-20T02:30:00.000Z' where id = ?",
    )
      .bind(past.id)
      .run();
    const { me, page } = await openWeek();
    expect(page.words.match(/cần chọn giờ khác/g)).toHaveLength(6);
    const form = formWith(page, 'held');
    const refused = await me.submit(form, { held: `${full.code}/1` });
    expect([refused.status, refused.words]).toEqual([
      409,
      expect.stringContaining('khung giờ đã hết chỗ'),
    ]);
    const all = await me.follow(form, { held: 'all' });
    expect(all.words).toContain('Đã nhận lại những đơn còn chỗ');
    expect(await Promise.all([full, free].map(({ id }) => readBooking(id)))).toMatchObject([
      { state: 'held' },
      { state: 'requested' },
    ]);
    expect(await count('seats')).toBe(4);
  });
});

test('spam is dropped at once from the list, one by one', async () => {
  const spam = await submitBooking({}, { holdReason: 'links' });
  const { me, page } = await openWeek();
  const form = page.forms.find(({ values }) => values['how'] === 'drop');
  if (form === undefined) throw new Error('no form');
  expect((await me.submit(form, { held: 'all' })).status).toBe(422);
  const done = await me.follow(form, { held: `${spam.code}/1` });
  expect(done.words).toContain('Đã bỏ.');
  expect((await readBooking(spam.id)).state).toBe('dropped');
});

describe('POST /viec/lich/<token>/de-rieng/', () => {
  test('takes what the span has, and only unconfirmed requests from the web', async () => {
    const own = await submitBooking({ window: 'sang' });
    const late = await submitBooking({ window: 'chieu' }, { now: later(NOW, { minutes: 1 }) });
    const phone = await submitBooking({ name: 'Gọi', window: 'chieu' }, { origin: 'phone' });
    const confirmed = await submitBooking({ name: 'Hai', window: 'sang-som' });
    await transitionBooking(env, {
      booking: confirmed,
      transition: 'confirm',
      actor: 'staff',
      now: NOW,
    });
    const { me, page } = await openWeek(later(NOW, { minutes: 5 }));
    const form = formWith(page, 'sentFrom');
    expect([form.values['sentFrom'], form.values['sentTo']]).toEqual([
      '2026-11-23T08:05',
      '2026-11-23T09:05',
    ]);
    for (const wrong of [
      { sentTo: '2026-11-23T07:59' },
      { sentFrom: '2026-02-31T08:00' },
      { sentFrom: '' },
      { sure: '' },
    ])
      expect((await me.submit(form, { ...SPAN, ...wrong })).status).toBe(422);
    await me.follow(form, SPAN);
    const states = [own, late, phone, confirmed].map(
      async ({ id }) => (await readBooking(id)).state,
    );
    expect((await Promise.all(states)).join()).toBe('held,requested,requested,confirmed');
    const again = await me.follow(form, SPAN);
    expect(again.words).toContain('Không có đơn web chưa xác nhận nào');
    // Dispatch was never sent the job, so it hears of no end.
    expect((await dispatchDeliveries(own.id)).map(({ status }) => status)).toEqual(['superseded']);
    me.now = later(NOW, { hours: 25 });
    const undo = formWith((await openWeek(later(NOW, { hours: 23 }))).page, 'setAside');
    const tooLate = await (
      await openWeek(me.now)
    ).me.submit(
      { ...undo, action: `${await weekPath(staffSigning(me.now))}hoan-tac/` },
      { setAside: undo.radios[0]?.value ?? '' },
    );
    expect(tooLate.status).toBe(403);
    expect((await openWeek(me.now)).page.words).not.toContain('Hoàn tác để riêng');
  });

  test('tells dispatch, also where the customer moves the request meanwhile, and at last to erase', async () => {
    const dispatch = answerDispatch();
    const { id } = await submitBooking();
    await runScheduled(env, later(NOW, { minutes: 1 }));
    const { me, page } = await openWeek(later(NOW, { minutes: 2 }));
    await me.follow(formWith(page, 'sentFrom'), SPAN);
    await transitionBooking(env, {
      booking: await readBooking(id),
      transition: 'reschedule',
      actor: 'customer',
      start: { date: '2026-11-27', window: 'sang' },
      now: later(NOW, { minutes: 2 }),
    });
    await runScheduled(env, later(NOW, { minutes: 3 }));
    expect(dispatch.map(({ type }) => type)).toEqual(['job.requested', 'job.cancelled']);
    await runScheduled(env, later(NOW, { days: 7, minutes: 3 }));
    expect(dispatch.at(-1)?.type).toBe('job.erased');
    await runScheduled(env, later(NOW, { days: 7, minutes: 4 }));
    expect([await count('bookings'), await count('receipts')]).toEqual([0, 0]);
  });
});

test('staff drop a held record, whose data ends 30 days later; its sender reads that it is closed', async () => {
  const booking = await submitBooking({}, held);
  const message = await submitMessage({ kind: 'privacy' }, { holdReason: 'honeypot' });
  const me = new Visitor(NOW);
  for (const record of [booking, message]) {
    const page = await me.open(await staffPath(staffSigning(me.now), record));
    await me.follow(formOf(page, 'drop'), { sure: 'yes' });
  }
  const end = later(NOW, { days: 30 });
  expect(await readBooking(booking.id)).toMatchObject({ state: 'dropped', keyEndsAt: end });
  expect(await readMessage(message.id)).toMatchObject({ state: 'dropped', keyEndsAt: end });
  await runScheduled(env, later(NOW, { days: 8 }));
  expect(await count('bookings')).toBe(1);
});
