import { beforeEach, describe, expect, test } from 'vitest';
import { later } from '../../shared/time.ts';
import type { Booking } from '../store/bookings.ts';
import type { RecordEvent } from '../store/events.ts';
import { NOW } from '../test/fixtures.ts';
import { submitBooking } from '../test/records.ts';
import { callbackLine } from './callback.ts';
import { dueLine, nextLines } from './customer.ts';
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
    [
      'declined as asked for twice',
      { state: 'declined' },
      { type: 'decline', reason: 'duplicate' },
      /: yêu cầu .+ trùng với một yêu cầu khác của anh\/chị\.\nChúng tôi giữ yêu cầu kia/,
    ],
    [
      'declined as wished',
      { state: 'declined' },
      { type: 'decline', reason: 'wish' },
      /: đã bỏ yêu cầu .+ theo lời anh\/chị qua điện thoại\.\n/,
    ],
  ];
  test.each(cases)('%s', (_, change, last, words) => {
    expect(textOf(change, last)).toMatch(words);
  });

  test('names the price with what is to be done about it, and the rhythm of a plan, while the visit is to come', () => {
    const price = { amount: '850.000 ₫', agreed: null };
    const plan = { code: 'TS-2345678', rhythm: 'Mỗi tuần một lần, thứ Năm' };
    const text = textOf({ state: 'confirmed' }, {}, { price, plan });
    expect(text).toContain(
      'Giá 850.000 ₫. Nếu đồng ý, anh/chị trả lời tin này hoặc gọi cho chúng tôi.',
    );
    expect(text).toContain('Lịch định kỳ TS-2345678: Mỗi tuần một lần, thứ Năm.');
    const agreed = textOf({ state: 'confirmed' }, {}, { price: { ...price, agreed: 'lúc 9:00' } });
    expect(agreed).toContain('Giá đã chốt 850.000 ₫.');
    expect(textOf({ state: 'cancelled' }, {}, { price, plan })).not.toMatch(/850\.000|định kỳ/);
  });

  test('and their page name the hour of a second call, and the page does not promise it once it is over', () => {
    const callAgainAt = later(NOW, { hours: 2 });
    const waiting = { ...booking, callAgainAt };
    expect(textOf({ callAgainAt }, { type: 'unreachable' })).toMatch(
      /chưa gặp được anh\/chị\.\nChúng tôi hẹn gọi lại lúc Thứ Hai, 23\/11\/2026, 11:00, hoặc/,
    );
    expect(callbackLine(waiting, NOW)).toContain('sẽ gọi lại lúc Thứ Hai, 23/11/2026, 11:00');
    const missed = callbackLine(waiting, later(callAgainAt, { minutes: 1 }));
    expect(missed).toContain('đã hẹn gọi lại lúc Thứ Hai, 23/11/2026, 11:00. Nếu chưa có ai gọi');
  });

  test('and their page do not say of a visit what nobody knows', () => {
    const linesOf = (change: Partial<Booking>, last: Partial<RecordEvent>) =>
      nextLines({ ...booking, ...change }, { ...event, ...last } as RecordEvent, {
        phone: null,
        now: NOW,
      }).join(' ');
    const closed = { type: 'complete', actor: 'system' } as const;
    expect(linesOf({ state: 'completed' }, closed)).toContain('Nếu đội chưa đến');
    expect(textOf({ state: 'completed' }, closed)).toMatch(/đã qua ngày hẹn .+\nNếu đội chưa đến/);
    expect(linesOf({ visit: 'survey' }, { type: 'submit' })).toContain('để chốt giờ đến xem');
    const lost = { type: 'end', actor: 'system' } as const;
    expect(linesOf({ state: 'cancelled' }, lost)).not.toContain('liên lạc được');
    expect(textOf({ state: 'cancelled' }, lost)).toBe('');
    const complaint = { kind: 'complaint', dueOn: '2026-12-02' } as const;
    expect(dueLine({ ...complaint, state: 'held' })).toContain('chậm nhất');
    expect(dueLine({ ...complaint, state: 'dropped' })).toBeNull();
  });
});
