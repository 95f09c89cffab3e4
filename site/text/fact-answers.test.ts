import { describe, expect, test } from 'vitest';
import { areas, bookingRules } from '../../shared/content/catalogue.ts';
import { answerFromFacts } from './fact-answers.ts';

const rules = {
  ...bookingRules,
  leadHours: 12,
  horizonDays: 45,
  noticeHours: 6,
  windows: [
    { id: 'chieu', label: 'Chiều', from: '15:30', to: '17:00' },
    { id: 'sang', label: 'Sáng', from: '07:30', to: '09:00' },
  ],
};
const days = (...open: string[]) =>
  Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [
      day,
      open.includes(day) ? ['sang'] : [],
    ]),
  ) as typeof rules.week;
const ask = (question: RegExp, given: Partial<Parameters<typeof answerFromFacts>[0]>) =>
  answerFromFacts({ rules, services: [], areas, ...given }).find((one) =>
    question.test(one.question),
  )?.answer;
const price = { label: 'Một bộ', amountVnd: 350_000, includes: '', validFrom: '2026-11-01' };

describe('answerFromFacts', () => {
  test.each([
    [
      days('mon', 'tue', 'wed', 'thu', 'fri', 'sat'),
      'Đội đến được từ thứ Hai đến thứ Bảy. Trang không nhận lịch Chủ\u00A0Nhật. Khung giờ đến muộn nhất là 15:30–17:00. Cần giờ khác, anh/chị gọi để hỏi.',
    ],
    [
      days('mon', 'wed'),
      'Đội đến được thứ Hai, thứ Tư. Trang không nhận lịch thứ Ba, thứ Năm, thứ Sáu, thứ Bảy, Chủ\u00A0Nhật. Khung giờ đến muộn nhất là 15:30–17:00. Cần giờ khác, anh/chị gọi để hỏi.',
    ],
  ])('says on which days of the week crews come', (week, answer) => {
    expect(ask(/Chủ Nhật/, { rules: { ...rules, week } })).toBe(answer);
  });

  test('names the hours of the booking rules', () => {
    expect(ask(/đặt trước/, {})).toMatch(/^Ít nhất 12 tiếng và nhiều nhất 45 ngày\./);
    expect(ask(/Hủy/, {})).toContain('chậm nhất 6 tiếng trước');
  });

  test('speaks of former names only where wards have some', () => {
    const wards = areas.wards.map((ward) => ({ ...ward, former: [] }));
    expect(ask(/chỗ tôi/, {})).toContain('phường, xã cũ');
    expect(ask(/chỗ tôi/, { areas: { ...areas, wards } })).not.toContain('cũ');
  });

  test.each([
    [[], /^Dịch vụ được báo giá riêng/],
    [[{ name: 'Giặt sofa', prices: [price] }], /^Giá có sẵn của Giặt sofa ở trang giá\.$/],
    [
      [
        { name: 'Giặt sofa', prices: [price] },
        { name: 'Lau kính', prices: [] },
      ],
      /^Giá có sẵn của Giặt sofa ở trang giá\. Dịch vụ khác được báo giá riêng/,
    ],
  ])('promises a listed price only where there is one', (list, answer) => {
    expect(ask(/Giá/, { services: list })).toMatch(answer);
  });
});
