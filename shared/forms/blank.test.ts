import { describe, expect, test } from 'vitest';
import { bookingRules, company, services } from '../content/catalogue.ts';
import { makeCode } from '../jobs/code.ts';
import { parseBookingRequest } from './booking.ts';
import { parseContactMessage } from './contact.ts';
import { parseCorrection } from './correction.ts';

const UNSEEN = '\u200B\u2066';
const code = makeCode(company.codePrefix, new Uint8Array(6));

describe('what only looks empty', () => {
  test('in phone and e-mail leaves a message without a way to answer it', () => {
    const parsed = parseContactMessage({
      kind: 'complaint',
      name: 'Hoa',
      phone: UNSEEN,
      email: ` ${UNSEEN}`,
      message: 'Chưa sạch',
    });
    expect(parsed).toEqual({
      ok: false,
      errors: [
        {
          field: 'phone',
          message: 'Anh/chị chưa ghi số điện thoại hoặc email để chúng tôi trả lời.',
        },
      ],
    });
  });
});

describe('what is not seen beside a value', () => {
  test('does not hide the code of a booking', () => {
    const parsed = parseContactMessage({
      kind: 'complaint',
      name: 'Hoa',
      phone: '0912345678',
      code: `${code}${UNSEEN}`,
      message: 'Chưa sạch',
    });
    expect(parsed).toMatchObject({ ok: true, message: { code } });
  });

  test('does not hide a chosen service or window', () => {
    const parsed = parseBookingRequest({
      service: `${services[0]?.id}${UNSEEN}`,
      window: `${UNSEEN}${bookingRules.windows[0]?.id}`,
    });
    const fields = parsed.ok ? [] : parsed.errors.map(({ field }) => field);
    expect(fields).not.toContain('service');
    expect(fields).not.toContain('window');
  });
});

describe('a value that is refused or read', () => {
  const filled = {
    name: 'Hoa',
    phone: '0912345678',
    address: '12 Lê Lợi',
    quantity: '2',
    email: '',
    note: '',
  };
  const correct = (changes: Record<string, string>) => parseCorrection({ ...filled, ...changes });

  test.each([
    ['name', '...', 'Anh/chị chưa ghi họ và tên.'],
    ['name', '\u2800', 'Anh/chị chưa ghi họ và tên.'],
    ['address', ' - ', 'Anh/chị chưa ghi số nhà, đường hoặc khối, xóm để đội tìm đến.'],
    [
      'phone',
      '1900 1234',
      'Số này chúng tôi không gọi lại được. Anh/chị ghi số di động hoặc số máy bàn, ví dụ 0912 345 678.',
    ],
    [
      'quantity',
      '80²',
      'Số lượng chưa đúng. Anh/chị ghi một số lớn hơn 0, ví dụ 80, hoặc để trống.',
    ],
    ['quantity', '.', 'Số lượng chưa đúng. Anh/chị ghi một số lớn hơn 0, ví dụ 80, hoặc để trống.'],
    [
      'quantity',
      ',5',
      'Số lượng chưa đúng. Anh/chị ghi một số lớn hơn 0, ví dụ 80, hoặc để trống.',
    ],
    ['email', 'lan@', 'Email chưa đúng. Ví dụ: ten@gmail.com, hoặc để trống.'],
  ])('%s %j is refused', (field, typed, message) => {
    expect(correct({ [field]: typed })).toEqual({ ok: false, errors: [{ field, message }] });
  });

  test.each([
    ['８０', 80],
    ['８０，５', 80.5],
    ['1.200', 1200],
    ['80.', 80],
    ['(80)', 80],
    ['80\u200E', 80],
  ])('quantity %j is %d', (typed, quantity) => {
    expect(correct({ quantity: typed })).toMatchObject({ ok: true, correction: { quantity } });
  });

  test.each(['2026‑12−02', '２０２６-１２-０２', '"2026-12-02".'])('date %j is read', (date) => {
    expect(parseBookingRequest({ date })).not.toMatchObject({
      errors: expect.arrayContaining([expect.objectContaining({ field: 'date' })]) as unknown,
    });
  });
});
