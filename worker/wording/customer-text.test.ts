import { beforeEach, describe, expect, test } from 'vitest';
import type { Booking } from '../store/bookings.ts';
import type { RecordEvent } from '../store/events.ts';
import { NOW } from '../test/fixtures.ts';
import { submitBooking } from '../test/records.ts';
import { customerText } from './customer-text.ts';

const ORIGIN = 'https://example.invalid';
const event = { type: 'confirm', actor: 'staff', state: '', version: 2, reason: null, at: NOW };

describe('the text for a customer', () => {
  let booking: Booking;
  beforeEach(async () => {
    booking = await submitBooking();
  });
  const textOf = (change: Partial<Booking>, last: Partial<RecordEvent>, told = {}) =>
    customerText(
      ORIGIN,
      { ...booking, ...change },
      { last: { ...event, ...last } as RecordEvent, ...told },
    ) ?? '';

  const cases: [string, Partial<Booking>, Partial<RecordEvent>, RegExp][] = [
    [
      'moved',
      { state: 'confirmed' },
      { type: 'reschedule' },
      /: đã đổi lịch .+ sang Thứ Năm, 26\/11\/2026, 9:30–11:00\.\n/,
    ],
    ['confirmed', { state: 'confirmed' }, {}, /: đã xác nhận lịch .+\.\n/],
    [
      'a look',
      { state: 'confirmed', visit: 'survey' },
      {},
      /: đã xác nhận lịch đến xem và báo giá: /,
    ],
    [
      'a look done',
      { state: 'completed', visit: 'survey' },
      {},
      /: đã xong buổi đến xem và báo giá: /,
    ],
    ['nobody there', { state: 'no-show' }, {}, /: đội đã đến theo lịch .+ mà không gặp/],
    ['cancelled', { state: 'cancelled' }, { actor: 'company' }, /: chúng tôi phải hủy lịch /],
    [
      'let go by its plan',
      { state: 'cancelled' },
      { actor: 'system' },
      /: đã bỏ buổi .+ lịch định kỳ/,
    ],
    ['declined', { state: 'declined' }, {}, /: rất tiếc chúng tôi chưa nhận làm được buổi /],
  ];
  test.each(cases)('%s', (_, change, last, words) => {
    expect(textOf(change, last)).toMatch(words);
  });

  test('names the price with what is to be done about it, and the rhythm of a plan, while the visit is to come', () => {
    const price = { amount: '850.000 ₫', agreed: null };
    const plan = { code: 'TS-2345678', rhythm: 'Mỗi tuần một lần, thứ Năm' };
    const text = textOf({ state: 'confirmed' }, {}, { price, plan });
    expect(text).toContain('Giá 850.000 ₫. Anh/chị mở địa chỉ dưới đây để xem và đồng ý.');
    expect(text).toContain('Lịch định kỳ TS-2345678: Mỗi tuần một lần, thứ Năm.');
    const agreed = textOf({ state: 'confirmed' }, {}, { price: { ...price, agreed: 'lúc 9:00' } });
    expect(agreed).toContain('Giá đã chốt 850.000 ₫.');
    expect(textOf({ state: 'cancelled' }, {}, { price, plan })).not.toMatch(/850|định kỳ/);
  });
});
