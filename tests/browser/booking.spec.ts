import type { Page } from '@playwright/test';
import { DispatchBodySchema } from '../../shared/jobs/dispatch.ts';
import * as v from 'valibot';
import { chooseWard, CODE, service, startingWith, STATUS_PAGE, ward } from './facts.ts';
import { expect, test } from './test.ts';
import { findLayoutFaults } from './layout-faults.ts';
import { clumsy, someone } from './people.ts';

const chosen = startingWith(service.name);

/** Counts what a person does: taps on things, and fields typed into. */
class Hand {
  taps = 0;
  typed = 0;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async tap(name: string | RegExp, role: 'link' | 'radio' | 'checkbox' | 'button'): Promise<void> {
    this.taps += 1;
    const target = this.#page.locator('main').getByRole(role, { name }).first();
    await (role === 'radio' || role === 'checkbox' ? target.check() : target.click());
  }

  async type(label: string | RegExp, text: string): Promise<void> {
    this.typed += 1;
    await this.#page.getByRole('textbox', { name: label }).fill(text);
  }
}

test('books a service from the home page, and staff and dispatch hear of it', async ({
  page,
  inbox,
}) => {
  const hand = new Hand(page);
  const person = someone(1);
  await page.goto('/');
  await hand.tap(/Đặt lịch/, 'link');
  await expect(page).toHaveURL(/\/dat-lich\//);
  await hand.tap(chosen, 'checkbox');
  hand.taps += 2;
  await chooseWard(page);
  await hand.type(/Số nhà/, person.address);
  hand.taps += 2;
  await page.locator('input[name=day]').nth(1).check();
  await page.locator('input[name=slot]:enabled').filter({ visible: true }).first().check();
  const slot = await page.locator('input[name=slot]:checked').inputValue();
  await hand.type('Họ và tên', person.name);
  await hand.type('Số điện thoại', person.phone);
  await hand.tap(/Tôi đồng ý/, 'checkbox');
  await page.waitForTimeout(2_100);
  await hand.tap('Gửi yêu cầu', 'button');

  await expect(page).toHaveURL(STATUS_PAGE);
  const code = CODE.exec(page.url())?.[0] ?? '';
  await expect(page.getByRole('main')).toContainText(code);
  await expect(page.getByRole('main')).toContainText(person.phone);
  expect(hand.taps).toBeLessThanOrEqual(9);
  expect(hand.typed).toBeLessThanOrEqual(4);

  const mail = await inbox.email(code);
  expect(mail.text.slice(0, 90)).toContain(code);
  expect(mail.text).not.toContain(person.phone);
  expect(mail.html.match(/\/viec\//g)).toHaveLength(1);
  const job = await inbox.dispatch(code);
  const body = v.parse(DispatchBodySchema, JSON.parse(job.body));
  expect(body.type).toBe('job.requested');
  expect(body.data).toMatchObject({ code, phone: person.e164, date: slot.split('/')[0] });
});

test('gives a new intent and live windows at each visit, never 304', async ({ page }) => {
  const first = await page.goto('/dat-lich/');
  expect(first?.headers()['etag']).toBeUndefined();
  expect(first?.headers()['cache-control']).toBe('private, no-cache');
  const before = await page.locator('input[name=intent]').inputValue();
  const second = await page.goto('/dat-lich/');
  expect(second?.status()).toBe(200);
  expect(await page.locator('input[name=intent]').inputValue()).not.toBe(before);
  await expect(page.locator('input[name=slot]').first()).toBeVisible();
});

test('keeps everything typed when a field is wrong, and says so at the field', async ({ page }) => {
  await page.goto(`/dat-lich/?service=${service.id}`);
  await expect(page.getByRole('checkbox', { name: chosen })).toBeChecked();
  await page.getByRole('textbox', { name: /Số nhà/ }).fill(clumsy.address);
  await page.getByRole('textbox', { name: 'Họ và tên' }).fill(clumsy.name);
  await page.getByRole('textbox', { name: 'Số điện thoại' }).fill(clumsy.phone);
  await page.getByRole('textbox', { name: /Ghi chú/ }).fill(clumsy.note);
  await page.getByRole('button', { name: 'Gửi yêu cầu' }).click();
  await expect(page).toHaveTitle(/^Lỗi: /);
  await expect(page.getByRole('textbox', { name: /Số nhà/ })).toHaveValue(clumsy.address);
  await expect(page.getByRole('textbox', { name: 'Họ và tên' })).toHaveValue(clumsy.name);
  await expect(page.getByRole('textbox', { name: 'Số điện thoại' })).toHaveValue(clumsy.phone);
  await expect(page.getByRole('textbox', { name: /Ghi chú/ })).toHaveValue(clumsy.note);
  await expect(page.getByRole('textbox', { name: 'Số điện thoại' })).toHaveAttribute(
    'aria-invalid',
    'true',
  );
  await expect(page.locator('#phone-error')).toContainText('Di động có 10 chữ số');
  await expect(page.locator('.summary a[href="#phone"]')).toBeVisible();
});

test('shows other days with everything kept and the page where it was', async ({ page }) => {
  await page.goto(`/dat-lich/?service=${service.id}`);
  await chooseWard(page);
  await page.getByRole('textbox', { name: /Số nhà/ }).fill(clumsy.address);
  await page.getByRole('textbox', { name: 'Họ và tên' }).fill(clumsy.name);
  await page.getByRole('textbox', { name: 'Số điện thoại' }).fill(someone(0).phone);
  await page.getByRole('textbox', { name: /Ghi chú/ }).fill(clumsy.note);
  await page.getByRole('checkbox', { name: /Tôi đồng ý/ }).check();
  const row = page.locator('input[name=slot]:enabled').first();
  const slot = await row.inputValue();
  await row.check();
  await page.locator('.spans button').last().click();

  await expect(page.locator('#window')).toContainText('Giờ đã chọn');
  await expect(page.locator('#window')).toBeInViewport();
  expect(await page.evaluate(() => scrollY)).toBeGreaterThan(0);
  await expect(page.locator('.summary')).toHaveCount(0);
  await expect(page.getByRole('checkbox', { name: chosen })).toBeChecked();
  await expect(page.locator('select[name=ward]')).toHaveValue(ward.code);
  await expect(page.getByRole('textbox', { name: /Số nhà/ })).toHaveValue(clumsy.address);
  await expect(page.getByRole('textbox', { name: 'Họ và tên' })).toHaveValue(clumsy.name);
  await expect(page.getByRole('textbox', { name: /Ghi chú/ })).toHaveValue(clumsy.note);
  await expect(page.getByRole('checkbox', { name: /Tôi đồng ý/ })).toBeChecked();
  await expect(page.locator('#website')).toHaveValue('');
  await expect(page.locator('input[name=slot]:checked')).toHaveValue(slot);
  await expect(page.locator('#window')).toContainText('Giờ đã chọn');
  expect(await findLayoutFaults(page)).toEqual([]);
  await page.waitForTimeout(2_100);
  await page.getByRole('textbox', { name: 'Số điện thoại' }).press('Enter');
  await expect(page).toHaveURL(STATUS_PAGE);
});

test('sends a message that staff get and dispatch does not', async ({ page, inbox }) => {
  const person = someone(2);
  await page.goto('/lien-he/');
  await page.getByRole('radio').first().check();
  await page.getByRole('textbox', { name: 'Họ và tên' }).fill(person.name);
  await page.getByRole('textbox', { name: 'Số điện thoại' }).fill(person.phone);
  await page.getByRole('textbox', { name: /Nội dung/ }).fill(person.message);
  await page.getByRole('checkbox', { name: /Tôi đồng ý/ }).check();
  await page.waitForTimeout(2_100);
  await page.getByRole('button', { name: /Gửi/ }).click();
  await expect(page).toHaveURL(STATUS_PAGE);
  const code = CODE.exec(page.url())?.[0] ?? '';
  await expect(page.getByRole('main')).toContainText(code);
  const mail = await inbox.email(code);
  expect(mail.text).not.toContain(person.message);
  expect((await inbox.list()).filter(({ kind }) => kind === 'dispatch')).toEqual([]);
});
