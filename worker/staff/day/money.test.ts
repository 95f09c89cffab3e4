import { env } from 'cloudflare:workers';
import { afterEach, expect, test } from 'vitest';
import { crewLink, useCrews } from '../../test/crews.ts';
import { type Payment, type Price, balanceOf } from '../../../shared/jobs/balance.ts';
import { dayPath, staffPath } from '../../signing/staff-links.ts';
import { formOf, type Page, Visitor } from '../../test/browser.ts';
import { NOW } from '../../test/fixtures.ts';
import { submitBooking } from '../../test/records.ts';
import { staffSigning } from '../../test/staff.ts';
import { collectLine } from '../../wording/dealings.ts';

useCrews();
const DAY = '2026-11-26';
const SOFA = {
  service: 'giat-ghe-sofa',
  'giat-ghe-sofa.seats': '5',
  'giat-ghe-sofa.cloth': 'both',
};
const noBank = { BANK_BIN: '', BANK_ACCOUNT: '', BANK_NAME: '' };
const bank = { BANK_BIN: '970436', BANK_ACCOUNT: '0123456789', BANK_NAME: 'CONG TY MAU' };

// Other files of tests have the same settings.
afterEach(() => void Object.assign(env, noBank));

/** A job of the first crew with answers, to which staff told a price; its page and the day's for staff with all open. */
async function arrange() {
  const job = await submitBooking({ ...SOFA, quantity: '2' }, { origin: 'phone' });
  await env.DB.prepare("update bookings set state = 'confirmed', crew = 'doi-1'").run();
  const staff = new Visitor(NOW);
  const page = await staffPath(staffSigning(), job);
  const tell = async (act: string, values: Record<string, string>) =>
    staff.follow(formOf(await staff.open(page), act), values);
  await tell('open', { sure: 'yes' });
  await tell('price', { amount: '450000', covers: 'Hai bộ, giặt và sấy' });
  return { job, tell, staff };
}

async function openAll(path: string): Promise<Page> {
  const reader = new Visitor(NOW);
  return reader.follow(formOf(await reader.open(path), 'open'), { sure: 'yes' });
}

test('the sheet of a day says answers, price and what it covers to staff and crew, and shows a code only where it may be paid', async () => {
  const { job, tell } = await arrange();
  const staffDay = await dayPath(staffSigning(), DAY);
  const crewDay = await crewLink('doi-1', DAY);
  for (const path of [staffDay, crewDay]) {
    const day = await openAll(path);
    expect(day.words).toContain('Số chỗ ngồi: 5 chỗ');
    expect(day.words).toContain('Bọc bằng gì: Có cả hai');
    expect(day.words).toContain('Đã báo 450.000 ₫, khách chưa đồng ý');
    expect(day.words).toContain('Giá gồm: Hai bộ, giặt và sấy');
  }
  await tell('agreePhone', {});
  expect((await openAll(crewDay)).text).not.toContain('class="qr');
  Object.assign(env, bank);
  for (const path of [staffDay, crewDay]) {
    const day = await openAll(path);
    expect(day.words).toContain('Thu của khách 450.000 ₫, giá đã chốt');
    expect(day.text).toMatch(/<svg class="qr[\s\S]*<path fill="#000" d="M\d/);
    expect(day.words).toContain('CONG TY MAU');
  }
  const [, text = ''] =
    /Đội 1<\/span>\s*<textarea[^>]*>([^<]*)</.exec((await openAll(staffDay)).text) ?? [];
  expect(plain(text).split('\n').slice(2, 6)).toEqual([
    '9:30–11:00 · Giặt ghế sofa tại nhà · 2 bộ',
    'Số chỗ ngồi: 5 chỗ',
    'Bọc bằng gì: Có cả hai',
    'Thu của khách 450.000 ₫, giá đã chốt',
  ]);
  expect(text).not.toContain(job.code);
  await env.DB.prepare("update bookings set state = 'no-show'").run();
  const away = await openAll(crewDay);
  expect(away.words).toContain('Không thu thêm.');
  expect(away.text).not.toContain('class="qr');
  await env.DB.prepare("update bookings set state = 'confirmed'").run();
  await tell('price', { amount: '500000', covers: '' });
  const changed = await openAll(crewDay);
  expect(changed.words).toContain('Đã báo 500.000 ₫, khách chưa đồng ý');
  expect(changed.text).not.toContain('class="qr');
});

test('the text for a crew on the job’s page says the same', async () => {
  const { job, tell, staff } = await arrange();
  await tell('agreePhone', {});
  const page = await staff.open(await staffPath(staffSigning(), job));
  const [, text = ''] = /<textarea id="chep"[^>]*>([^<]*)</.exec(page.text) ?? [];
  expect(plain(text)).toContain('Bọc bằng gì: Có cả hai\nThu của khách 450.000 ₫, giá đã chốt\n');
  expect(text).not.toContain(job.code);
});

/** With plain spaces where a sum has one that does not break. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

const agreed = (amountVnd: number, version = 1): Price => ({
  ...{ version, amountVnd, at: NOW },
  agreed: { by: 'phone', at: NOW, version },
});
const paid = (amountVnd: number): Payment => ({
  ...{ n: 1, amountVnd, method: 'cash', at: NOW, undoneAt: null },
});

test.each([
  ['Chưa chốt giá. Hỏi văn phòng trước khi thu', [], [], null],
  [
    'Chưa chốt giá, ước tính khoảng 300.000 ₫. Hỏi văn phòng trước khi thu',
    [],
    [],
    'Khoảng 300.000 ₫',
  ],
  ['Thu của khách 450.000 ₫, giá đã chốt', [agreed(450_000)], [], 'Khoảng 300.000 ₫'],
  [
    'Thu thêm 250.000 ₫. Đã trả 200.000 ₫ trong 450.000 ₫, còn 250.000 ₫.',
    [agreed(450_000)],
    [paid(200_000)],
    null,
  ],
  [
    'Không thu thêm. Đã trả 450.000 ₫ trong 450.000 ₫, đã đủ.',
    [agreed(450_000)],
    [paid(450_000)],
    null,
  ],
  [
    'Đã báo 500.000 ₫, khách chưa đồng ý. Hỏi văn phòng trước khi thu',
    [agreed(450_000), { ...agreed(500_000, 2), agreed: null }],
    [],
    null,
  ],
] as const)('%s', (line, prices, payments, estimate) => {
  expect(plain(collectLine(balanceOf(prices, payments), estimate))).toBe(line);
});
