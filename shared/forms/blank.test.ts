import { describe, expect, test } from 'vitest';
import { bookingRules, company, services } from '../content/catalogue.ts';
import { makeCode } from '../jobs/code.ts';
import { parseBookingRequest } from './booking.ts';
import { parseContactMessage } from './contact.ts';

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
        { field: 'phone', message: 'Ghi số điện thoại hoặc địa chỉ thư để chúng tôi trả lời.' },
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
