import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { later, fromVietnam } from '../../../shared/time';
import { weekPath } from '../../signing/staff-links.ts';
import { staffSigning } from '../../test/staff.ts';
import { Visitor } from '../../test/browser';
import { openPerson, openKeyStore } from '../../personal-data/key-store';
import { findBookingByCode } from '../../store/bookings';
import { NOW } from '../../test/fixtures';
import { readDatabase, count, submitBooking } from '../../test/records';

const caller = {
  service: 've-sinh-nha-o',
  quantity: '80',
  ward: '16690',
  address: '7 Nguyễn Du',
  slot: '2026-11-23/chieu',
  name: 'Bà Tư',
  phone: '0912 345 678',
  email: '',
  note: '',
  consent: 'yes',
};

async function openForm(now = NOW) {
  const path = await weekPath(staffSigning());
  const me = new Visitor(now);
  const page = await me.open(`${path}them/?week=2026-11-23`);
  const form = page.forms[0];
  if (form === undefined) throw new Error('no form');
  return { path, me, page, form };
}

describe('the form for callers', () => {
  test('leaves a visit that still has to be agreed on waiting', async () => {
    const { me, form } = await openForm();
    await me.follow(form, { ...caller, agreed: 'no' });
    expect(await count('bookings', "state = 'requested'")).toBe(1);
    expect(await count('deliveries', "kind = 'job.requested'")).toBe(1);
  });

  test('shows live windows, also those within the lead time of the public form', async () => {
    await submitBooking(
      { date: '2026-11-23', window: 'chieu' },
      { now: fromVietnam('2026-11-20', '09:00') },
    );
    const before = await readDatabase();
    const { page } = await openForm();
    expect(page.status).toBe(200);
    expect(page.words).toContain('Chiều 13:30–15:00 còn 2 chỗ');
    expect(page.text).toContain('value="2026-11-23/chieu"');
    expect(page.text).not.toContain('value="2026-11-23/sang-som"');
    expect(await readDatabase()).toBe(before);
  });

  test('stores the caller like anyone: seat, receipt with its own wording, event by staff, deliveries', async () => {
    const { me, form } = await openForm();
    const week = await me.follow(form, caller);
    const [, code = ''] = /(TS-\w{7}): Đã ghi vào lịch/.exec(week.words) ?? [];
    const booking = await findBookingByCode(env.DB, code);
    expect(booking).toMatchObject({ state: 'confirmed', origin: 'phone', window: 'chieu' });
    const opened = await openPerson(
      openKeyStore(env),
      booking?.id ?? '',
      booking?.sealed ?? new Uint8Array(),
    );
    expect(opened).toMatchObject({
      state: 'open',
      person: { name: 'Bà Tư', address: '7 Nguyễn Du' },
    });
    expect(await count('seats', "visit_date = '2026-11-23' and arrival_window = 'chieu'")).toBe(1);
    expect(await count('receipts', "wording = 'phone-1'")).toBe(1);
    expect(await count('events', "type = 'submit' and actor = 'staff'")).toBe(1);
    expect(await count('deliveries')).toBe(2);
    expect(await count('deliveries', "kind = 'job.confirmed'")).toBe(1);
    const end = new Date('2027-11-23T08:00:00.000Z');
    expect(booking?.keyEndsAt).toEqual(end);
    expect(week.words).toContain('Chiều, 13:30–15:00 1/3 chỗ · còn 2');
    expect(week.text).not.toContain('Bà Tư');
  });

  test('takes a second tap for the first, and asks where the form was used for someone else', async () => {
    const { me, form } = await openForm();
    await me.submit(form, caller);
    expect((await me.follow(form, caller)).words).toContain('đã được ghi rồi');
    const other = await me.submit(form, { ...caller, name: 'Ông Năm' });
    expect(other.status).toBe(409);
    expect(other.words).toContain('Ghi thêm khách mới?');
    expect(other.text).toContain('value="Ông Năm"');
    const [again] = other.forms;
    expect((await me.follow(again ?? form, { ...caller, name: 'Ông Năm' })).words).toContain(
      'Đã ghi',
    );
    expect(await count('bookings')).toBe(2);
  });

  test('offers other windows where one is full, with everything kept', async () => {
    for (const name of ['Một', 'Hai', 'Ba']) {
      await submitBooking(
        { date: '2026-11-23', window: 'chieu', name },
        { now: fromVietnam('2026-11-20', '09:00') },
      );
    }
    const { me, form } = await openForm();
    const full = await me.submit(form, caller);
    expect(full.status).toBe(409);
    expect(full.words).toContain('Khung giờ này hết chỗ');
    expect(full.words).toContain('Thứ Hai, 23/11/2026, Sáng, 9:30–11:00');
    expect(full.text).toContain('value="7 Nguyễn Du"');
    expect(await count('seats')).toBe(3);
  });

  test('shows other days and the windows of another service in mid-call, with everything kept', async () => {
    const { me, form } = await openForm();
    const before = await readDatabase();
    const turn = { ...caller, service: 've-sinh-sau-xay-dung', from: '2026-11-30' };
    me.now = later(NOW, { minutes: 31 });
    const page = await me.submit(form, turn);
    expect(page.status).toBe(200);
    expect(page.text).not.toContain('class="summary');
    for (const typed of ['Bà Tư', '0912 345 678', '7 Nguyễn Du', '80']) {
      expect(page.text).toContain(`value="${typed}"`);
    }
    expect(page.forms[0]?.values).toMatchObject({ consent: 'yes', week: '2026-11-23' });
    expect(page.words).toContain('Giờ đã chọn: Thứ Hai, 23/11');
    const slots = page.forms[0]?.radios.filter(({ name }) => name === 'slot') ?? [];
    expect(slots.map(({ value }) => value)).toContain('2026-11-30/chieu');
    expect(page.words).toContain('15:30–17:00 không đủ giờ cho dịch vụ này');
    expect(page.text).toContain(`formaction="${form.action}#window"`);
    expect(await readDatabase()).toBe(before);
    expect((await me.follow(page.forms[0] ?? form, caller)).words).toContain('Đã ghi vào lịch');
  });

  test.each([
    ['name', { name: '' }, 'chưa ghi họ và tên'],
    ['phone', { phone: '12' }, 'Số điện thoại chưa đúng'],
    ['consent', { consent: '' }, 'đồng ý'],
    ['window', { slot: '2026-11-29/sang' }, 'Ngày này chúng tôi nghỉ'],
    ['window', { slot: '2026-11-22/sang' }, 'Ngày này đã qua'],
    ['window', { slot: '' }, 'Chọn ngày và khung giờ'],
  ])('names a mistake at %s and keeps the rest', async (field, change, message) => {
    const { me, form } = await openForm();
    const before = await readDatabase();
    const answer = await me.submit(form, { ...caller, ...change });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(`href="#${field}"`);
    expect(answer.words).toContain(message);
    expect(answer.text).toContain('value="7 Nguyễn Du"');
    expect(await readDatabase()).toBe(before);
  });

  test('gives everything back with a fresh token where the page was open too long', async () => {
    const { me, form } = await openForm();
    me.now = later(NOW, { minutes: 31 });
    const late = await me.submit(form, caller);
    expect(late.status).toBe(403);
    expect(late.words).toContain('quá 30 phút');
    expect(late.text).toContain('value="Bà Tư"');
    expect(await count('bookings')).toBe(0);
    expect((await me.follow(late.forms[0] ?? form, caller)).words).toContain('Đã ghi vào lịch');
  });

  test('keeps everything where the key store is down', async () => {
    vi.spyOn(env.VAULT, 'put').mockRejectedValue(
      new Error('KV PUT failed: 500 Internal Server Error'),
    );
    const { me, form } = await openForm();
    const down = await me.submit(form, caller);
    expect(down.status).toBe(503);
    expect(down.text).toContain('value="Bà Tư"');
    expect(await count('bookings')).toBe(0);
    expect(await count('page_failures', "event = 'booking_not_stored'")).toBe(1);
  });
});
