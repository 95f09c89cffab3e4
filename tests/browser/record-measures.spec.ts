import type { Locator, Page } from '@playwright/test';
import { service } from './facts.ts';
import { findLayoutFaults } from './layout-faults.ts';
import { expect, test as base } from './test.ts';
import { Life } from './life.ts';
import { someone } from './people.ts';

/** Minutes from the start of a day to its evening, when its visits are over. */
const EVENING = 20 * 60;
/** Tallest bar at the thumb, in CSS pixels. */
const BAR_MAX = 56;

const test = base.extend<{ life: Life; taps: Taps }>({
  life: async ({ page, inbox }, use) => use(new Life(page, inbox)),
  taps: async ({ page }, use) => use(new Taps(page)),
});

/** Counts what a thumb does. */
class Taps {
  count = 0;

  constructor(readonly page: Page) {}

  async on(control: Locator): Promise<void> {
    this.count += 1;
    await control.click();
  }
}

test('the record: the phone is put right by two taps, the window by four, the same again by five', async ({
  page,
  life,
  taps,
}) => {
  const main = page.getByRole('main');
  const bar = page.getByRole('navigation', { name: 'Thao tác trên trang này' });
  const start = await life.lastStart(service.id);
  const { code, statusUrl } = await life.book(someone(1), start);
  await expect(bar.getByRole('link')).toHaveText([/Đổi giờ/, /Hủy/, /Gọi/]);
  expect(await findLayoutFaults(page)).toEqual([]);

  const phone = page.locator('details', { has: page.getByText('Đổi số điện thoại') });
  await taps.on(phone.locator('summary'));
  await phone.getByRole('textbox').fill(someone(2).phone);
  await taps.on(phone.getByRole('button', { name: 'Lưu' }));
  const notice = page.getByRole('status').filter({ hasText: 'Đã đổi số điện thoại' });
  await expect(notice).toContainText(someone(1).phone);
  await expect(notice).toContainText(someone(2).phone);
  await expect(notice).toBeFocused();
  expect(taps.count).toBe(2);

  taps.count = 0;
  await taps.on(bar.getByRole('link', { name: 'Đổi giờ' }));
  const choice = page.locator('#doi-gio input[name=slot]:visible').first();
  await expect(choice).toBeInViewport();
  const [date] = ((await choice.getAttribute('value')) ?? '').split('/');
  await taps.on(choice);
  const move = page.getByRole('button', { name: 'Đổi sang giờ đã chọn' });
  await expect(move).toBeInViewport({ ratio: 1 });
  await taps.on(move);
  await expect(page.getByRole('status').filter({ hasText: 'Đã đổi ngày giờ' })).toBeFocused();
  expect(taps.count).toBeLessThanOrEqual(4);

  await life.runCron();
  const staffLink = await life.staffLink(code);
  await page.goto(staffLink);
  await life.act('Nhận việc này, đúng ngày giờ trên', 'Xác nhận');
  await life.pass((Date.parse(`${date}T00:00:00+07:00`) - Date.now()) / 60_000 + EVENING);
  await page.goto(statusUrl);
  await expect(main).toContainText('Đã qua khung giờ đội đến');
  await expect(bar.getByRole('link')).toHaveText([/Báo chỗ chưa đạt/, /Gọi/]);
  expect(await findLayoutFaults(page)).toEqual([]);

  await page.goto(staffLink);
  await life.act('Việc này đã làm xong', 'Ghi đã làm xong');
  await page.goto(statusUrl);
  taps.count = 0;
  await taps.on(bar.getByRole('link', { name: 'Đặt lại' }));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Đặt lại');
  expect((await page.locator('.bar').boundingBox())?.height).toBeLessThanOrEqual(BAR_MAX);
  expect(await findLayoutFaults(page)).toEqual([]);
  await life.pass(1);
  await taps.on(page.locator('input[name=slot]:visible').first());
  await taps.on(page.getByRole('checkbox', { name: /Tôi đồng ý/ }));
  await taps.on(page.getByRole('button', { name: 'Gửi yêu cầu' }));
  await expect(main).toContainText('Đã nhận, chờ xác nhận');
  await expect(main).not.toContainText(code);
  for (const words of [someone(1).name, someone(2).phone, someone(1).address]) {
    await expect(main).toContainText(words);
  }
  expect(taps.count).toBeLessThanOrEqual(5);
});
