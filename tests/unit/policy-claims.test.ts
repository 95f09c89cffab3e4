import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bookingFieldNames } from '../../shared/forms/booking.ts';
import { contactFieldNames } from '../../shared/forms/contact.ts';
import { correctionFieldNames } from '../../shared/forms/correction.ts';
import { PRIVACY_POLICY } from '../../shared/privacy/policies.ts';
import { fieldsFor } from '../../shared/privacy/register-fields.ts';
import { jobFields } from '../../shared/privacy/register-outside.ts';
import { personalFields } from '../../shared/privacy/register.ts';
import { messageKeyEnd } from '../../shared/privacy/retention.ts';
import { addWorkingDays, later } from '../../shared/time.ts';
import { hasLinkEnded } from '../../worker/customer/access.ts';
import { phoneBucket } from '../../worker/records/sender-hashes.ts';
import { dataPath } from '../../worker/signing/staff-links.ts';
import { htmlToText } from '../../shared/text.ts';
import { hasMailedLinkEnded } from '../../worker/staff/access.ts';
import { canOpenData } from '../../worker/staff/open-data.ts';
import type { Booking } from '../../worker/store/bookings.ts';
import type { Message } from '../../worker/store/messages.ts';
import { readInstant } from '../../worker/signing/tokens.ts';
import { reviewedVersion } from '../reviewed-policy.ts';

const NOW = new Date('2026-11-23T02:00:00.000Z');
const FOLDER = new URL('../../content/policies/published/', import.meta.url);
/** The words of the policy that was reviewed, tables and all, in one line. */
const policy =
  reviewedVersion === undefined
    ? ''
    : htmlToText(
        readFileSync(new URL(`${PRIVACY_POLICY}/${reviewedVersion}.html`, FOLDER), 'utf8'),
      );

/** What the policy says after some words, up to the end of the sentence, as a list. */
function listAfter(words: string): string[] {
  const [, rest = ''] = policy.split(words);
  const [sentence = ''] = rest.split(/[.;]| ngay trên trang/);
  return sentence.split(/, | và /).map((name) => name.trim());
}

const named = (field: keyof typeof personalFields) => personalFields[field].label.toLowerCase();
const visit = { kind: 'booking', booking: { visitEndsAt: NOW } as Booking } as const;

/** Sentences of the policy that no register generates, each with what must hold in the code for it to be true. */
const claims: readonly [words: string, holds: () => unknown][] = [
  [
    'Đường dẫn của nhân viên trong thư hết hạn một ngày sau khung giờ làm',
    () =>
      !hasMailedLinkEnded(visit, later(NOW, { hours: 24 })) &&
      hasMailedLinkEnded(visit, later(NOW, { hours: 24, ms: 1 })),
  ],
  [
    'hoặc từ một khiếu nại hay một yêu cầu về dữ liệu chưa xử lý xong',
    () =>
      (['question', 'quote', 'complaint', 'privacy'] as const)
        .filter((kind) => canOpenData({ kind, state: 'answered' }))
        .join() === 'complaint,privacy' && !canOpenData({ kind: 'privacy', state: 'closed' }),
  ],
  [
    'mỗi lần trong một ngày',
    async () => {
      const signing = { keys: ['whsec_a2V5'], now: NOW, epoch: 0 };
      const path = await dataPath(signing, { id: 'id', code: 'code' });
      const token = new URLSearchParams(path.split('?')[1]).get('k') ?? '';
      return (
        readInstant(token.split('.')[0] ?? '').getTime() === later(NOW, { hours: 24 }).getTime()
      );
    },
  ],
  [
    'trang của tin nhắn mở được tới hết hạn lưu',
    () => {
      const message = { kind: 'question', state: 'open', stateAt: NOW, createdAt: NOW } as Message;
      const end = messageKeyEnd(message);
      const record = { kind: 'message', message } as const;
      return !hasLinkEnded(record, end) && hasLinkEnded(record, later(end, { ms: 1 }));
    },
  ],
  [
    'Ngày làm việc là thứ Hai đến thứ Sáu, không tính ngày lễ',
    () => addWorkingDays('2026-11-20', 2, new Set(['2026-11-23'])) === '2026-11-25',
  ],
  [
    'Hàng chục nghìn số điện thoại khác nhau có chung một dấu vết',
    () => {
      // One prefix of ten million numbers gives each remainder some thousand; thirty prefixes are in use.
      const seen = new Set(
        Array.from({ length: 40_000 }, (_, at) =>
          phoneBucket(`+84912${String(at).padStart(6, '0')}`),
        ),
      );
      return (30 * 10 ** 7) / seen.size > 20_000;
    },
  ],
  [
    'Email, ghi chú và xác nhận đồng ý không được chuyển tới đó',
    () =>
      !['email', 'note', 'consent'].some((name) =>
        [...fieldsFor('dispatch'), ...Object.keys(jobFields)].includes(name),
      ),
  ],
  [
    'Trang không hỏi ngày sinh, số căn cước, ảnh giấy tờ, vị trí định vị, số thẻ hay mật khẩu',
    () =>
      ![...bookingFieldNames, ...contactFieldNames].some((name) =>
        /birth|identity|photo|location|card|password/i.test(name),
      ),
  ],
];

test.each(claims)('it is so that "%s"', async (_, holds) => {
  expect(await holds()).toBe(true);
});

describe.skipIf(policy === '')('the policy on personal data that was reviewed', () => {
  test.each(claims)('says "%s"', (words) => {
    expect(policy).toContain(words);
  });

  test('names every field that a customer can put right, and no other', () => {
    const fields = correctionFieldNames.map((name) =>
      name === 'quantity' ? 'khối lượng' : named(name).replace('họ và tên', 'họ tên'),
    );
    expect(listAfter('Quý khách sửa được').toSorted()).toEqual(fields.toSorted());
  });

  test('names everything that dispatch receives, and nothing else', () => {
    const { code, visit: purpose, services, window, date } = jobFields;
    const fields = fieldsFor('dispatch').map((field) =>
      named(field).replace('họ và tên', 'họ tên'),
    );
    const all = [code, purpose, ...services.split(', '), window, ...fields];
    const words = 'làm đúng việc, bộ phận điều phối nhận';
    const received = [...all, date.replace(' làm', '')].toSorted();
    expect(listAfter(words).toSorted()).toEqual(received);
  });
});
