import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { holidays } from '../../shared/content/catalogue.ts';
import { legalDeadlines } from '../../shared/privacy/register.ts';
import { formatDeadline } from '../../shared/privacy/register-words.ts';
import {
  addWorkingDays,
  formatDate,
  formatShortDate,
  fromVietnam,
  toVietnamDate,
} from '../../shared/time.ts';
import { CODE, service, STATUS_PAGE } from './facts.ts';
import { expect, test as base } from './test.ts';
import { Life } from './life.ts';
import { type Someone, someone } from './people.ts';
import { hashPublished } from './receipts.ts';

/** Milliseconds of a minute. */
const MINUTE = 60_000;

const test = base.extend<{ life: Life }>({
  life: async ({ page, inbox }, use) => use(new Life(page, inbox)),
});

/** What the person's own page gives to keep. */
async function download(life: Life, choice: string, fold?: string): Promise<string> {
  const arriving = life.page.waitForEvent('download');
  await life.act(choice, 'Tải về', fold);
  return readFileSync(await (await arriving).path(), 'utf8');
}

/** The way to one's data for someone who kept the code and has no link, no account and no e-mail address: first by four digits. */
async function findMyData(page: Page, code: string, person: Someone): Promise<void> {
  const main = page.getByRole('main');
  await page.context().clearCookies();
  await page.goto('/don/');
  await page.getByRole('textbox', { name: /Mã/ }).fill(code.toLowerCase());
  await page.getByRole('textbox', { name: /[Bb]ốn số/ }).fill(person.lastFour);
  await page.getByRole('button', { name: /Mở|Tìm|Xem/ }).click();
  await expect(page).toHaveURL(STATUS_PAGE);
  await expect(main).toContainText('Hủy đơn');
  await expect(main).not.toContainText(person.name);
  await page.getByRole('textbox', { name: 'Số điện thoại' }).fill(person.phone);
  await page.getByRole('button', { name: 'Xem đầy đủ' }).click();
  await expect(main).toContainText(person.name);
  await page.getByRole('link', { name: 'Dữ liệu của tôi' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(code);
}

test('someone with a phone only finds, sees, copies, corrects and asks to erase; the own link withdraws and erases at once', async ({
  page,
  life,
}) => {
  const main = page.getByRole('main');
  const person = someone(4);
  const { code, statusUrl } = await life.book(person, await life.lastStart(service.id));
  await expect(main).toContainText(person.address);
  await life.runCron();
  await expect.poll(() => life.dispatchEvents(code)).toEqual(['job.requested 1']);

  await findMyData(page, code, person);
  const { name, phone, address } = person;
  for (const words of [name, phone, address, 'Bộ phận điều phối']) {
    await expect(main).toContainText(words);
  }
  const named = await main.locator('code').innerText();
  const policy = await main.getByRole('link', { name: /Chính sách bảo mật/ }).getAttribute('href');
  expect(await hashPublished(page.request, policy ?? '')).toBe(named);

  expect(await download(life, 'Bản để đọc', 'Tải bản sao')).toContain(name);
  const copy = JSON.parse(await download(life, 'Bản cho máy đọc (JSON)')) as {
    person: object;
    ledger: { recipient: string; fields: string[] }[];
  };
  expect(copy.person).toMatchObject({ phone: person.e164, email: null });
  expect(copy.ledger.find(({ recipient }) => recipient === 'dispatch')?.fields).toEqual([
    'name',
    'phone',
    'address',
  ]);

  await page.locator('summary', { hasText: 'Sửa thông tin' }).click();
  await page.getByRole('textbox', { name: /Số nhà/ }).fill(someone(5).address);
  await page.getByRole('checkbox', { name: 'Những mục trên đã đúng' }).check();
  await page.getByRole('button', { name: 'Lưu thông tin đã sửa' }).click();
  await expect(main).toContainText(someone(5).address);
  await life.runCron();
  await expect.poll(() => life.dispatchEvents(code)).toEqual(['job.requested 1', 'job.updated 2']);

  await life.act(/Tôi muốn xóa/, 'Xóa thông tin', 'Xóa thông tin');
  await expect(main).toContainText('Nhân viên gọi số điện thoại đã để lại');
  await expect(main).toContainText(name);

  await page.context().clearCookies();
  await page.goto(statusUrl.replace('/?', '/du-lieu/?'));
  await expect(main).not.toContainText(name);
  await page.getByRole('button', { name: 'Xem đầy đủ' }).click();
  await life.act('Tôi rút sự đồng ý', 'Rút đồng ý', 'Rút đồng ý');
  await expect(main).toContainText('đã rút lúc');
  await life.runCron();
  await expect
    .poll(async () => (await life.dispatchEvents(code)).slice(2))
    .toEqual(['job.cancelled 3']);

  await life.act(/Tôi muốn xóa/, 'Xóa thông tin', 'Xóa thông tin');
  await expect(main).not.toContainText(name);
  await expect(main).toContainText('Thông tin cá nhân ở đây không còn nữa');
  await life.runCron();
  await expect
    .poll(async () => (await life.dispatchEvents(code)).slice(3))
    .toEqual(['job.erased 4']);
  await page.reload();
  await expect(main).toContainText('đã xác nhận xóa');
  for (const done of ['Tải bản sao', 'Sửa thông tin', 'Rút đồng ý', 'Xóa thông tin']) {
    await expect(main.locator('li', { hasText: done }).first()).toContainText('đã xong lúc');
  }
});

test('someone without a link asks by the contact form, and staff see the day it is due', async ({
  page,
  life,
}) => {
  const main = page.getByRole('main');
  const person = someone(6);
  await page.goto('/lien-he/');
  await page.getByRole('radio', { name: 'Yêu cầu về dữ liệu cá nhân' }).check();
  await page.getByRole('textbox', { name: 'Nội dung' }).fill(person.message);
  await page.getByRole('textbox', { name: 'Họ và tên' }).fill(person.name);
  await page.getByRole('textbox', { name: 'Số điện thoại' }).fill(person.phone);
  await life.pass(1);
  await page.getByRole('button', { name: 'Gửi tin nhắn' }).click();
  await expect(page).toHaveURL(STATUS_PAGE);
  const code = CODE.exec(page.url())?.[0] ?? '';
  const today = toVietnamDate(new Date(Date.now() + MINUTE));
  const due = addWorkingDays(today, legalDeadlines.firstReply.workingDays, holidays);
  await expect(main).toContainText(`lần đầu chậm nhất ${formatDate(due)}`);

  await life.runCron();
  const mail = await life.inbox.email(code);
  expect(mail.text).toContain(`Trả lời chậm nhất: ${formatDate(due)}`);
  expect(mail.text).not.toContain(person.name);

  await life.pass((fromVietnam(due, '18:01').getTime() - Date.now()) / MINUTE);
  await life.runCron();
  const digest = await life.inbox.email('Tổng kết');
  expect(digest.text).toContain(
    `${code} · Yêu cầu về dữ liệu cá nhân · hạn ${formatShortDate(due)}`,
  );

  await page.goto(await life.staffLink(code));
  await life.act('Tôi trả lời tin nhắn này', 'Xem thông tin liên hệ của khách');
  await expect(main).toContainText(person.message);
  await page.getByRole('button', { name: 'Ghi đã trả lời' }).click();
  await expect(main).toContainText('Đã trả lời');
  await life.act(
    /^Cần thêm thời gian/,
    `Gia hạn thêm ${formatDeadline(legalDeadlines.extension)}`,
    'Gia hạn, một lần',
  );
  await expect(main).toContainText('Lý do: Cần thêm thời gian');

  await page.locator('summary', { hasText: 'Mở dữ liệu của đơn liên quan' }).click();
  await page.getByRole('textbox', { name: /^Mã của đơn/ }).fill(code);
  await page.getByRole('button', { name: 'Mở trang dữ liệu' }).click();
  await expect(main).toContainText(person.message);
  await expect(main).toContainText('nhân viên đã mở xem');
});
