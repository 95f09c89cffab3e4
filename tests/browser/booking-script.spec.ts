import type { Page } from '@playwright/test';
import { services } from '../../shared/content/catalogue.ts';
import { escape, formerWard, saying, ward } from './facts.ts';
import { expect, test } from './test.ts';
import { someone } from './people.ts';

const byNeed = services.toSorted((a, b) => a.windows - b.windows);
const [short = services[0]] = byNeed;
const long = byNeed.at(-1);

interface Day {
  date: string;
  windows: { id: string }[];
}

/** The starts that the API names for a service on the days that the page shows. */
async function offered(page: Page, id: string): Promise<string[]> {
  const shown = await page.locator('input[name=slot][type=radio]').first().inputValue();
  const from = shown.split('/')[0] ?? '';
  const answer = await page.request.get(`/api/availability?service=${id}&from=${from}&days=14`);
  const { days } = (await answer.json()) as { days: Day[] };
  return days.flatMap(({ date, windows }) => windows.map((each) => `${date}/${each.id}`));
}

function shownStarts(page: Page): Promise<string[]> {
  return page
    .locator('input[name=slot][type=radio]')
    .evaluateAll((rows) => rows.map((row) => (row as HTMLInputElement).value));
}

async function choose(page: Page, service: (typeof services)[number] | undefined): Promise<void> {
  for (const box of await page.locator('input[name=service]:checked').all()) await box.uncheck();
  await page.locator(`input[name=service][value="${service?.id}"]`).check();
}

test('shows the windows of the service as it is chosen, and keeps the rest of the page', async ({
  page,
}) => {
  await page.goto('/dat-lich/');
  await page.getByRole('textbox', { name: 'Họ và tên' }).fill(someone(3).name);
  const first = page.locator('input[name=slot]:enabled').first();
  const slot = await first.inputValue();
  await first.check();
  for (const service of [short, long, short]) {
    await choose(page, service);
    await expect(page.locator('#window')).toHaveAttribute('data-service', service?.id ?? '');
    expect(await shownStarts(page)).toEqual(await offered(page, service?.id ?? ''));
    await expect(page.locator('input[name=slot]:checked')).toHaveValue(slot);
  }
  await expect(page).toHaveURL(/\/dat-lich\/$/);
  await expect(page.getByRole('textbox', { name: 'Họ và tên' })).toHaveValue(someone(3).name);
});

test('says in the bar what was chosen, leads to what is missing, and sends', async ({ page }) => {
  await page.goto('/dat-lich/');
  const bar = page.getByRole('navigation', { name: 'Gửi yêu cầu này' });
  const chosen = bar.getByRole('link').first();
  await expect(chosen).toHaveText(/Chưa chọn dịch vụ\s*Chưa chọn giờ/);
  await choose(page, short);
  const name = escape(short?.name ?? '');
  await expect(chosen).toHaveText(new RegExp(`${name}\\s*Chưa chọn giờ`));
  await expect(chosen).toHaveAttribute('href', '#gio');
  await page.locator('input[name=slot]:visible:enabled').first().check();
  await expect(chosen).toHaveText(new RegExp(`${name}\\s*\\S+ \\d+/\\d+, \\d+:\\d+`));
  const search = page.getByRole('combobox', { name: 'Phường, xã' });
  await search.fill('không có nơi này');
  await bar.getByRole('button', { name: 'Gửi' }).click();
  await expect(page).toHaveTitle(/^Lỗi/);
  await expect(search).toHaveValue('không có nơi này');
  await expect(bar.getByRole('link').first()).toHaveText(saying(short?.name ?? ''));
});

test('shows the windows of the service that a draft brings back', async ({ page }) => {
  await page.goto('/dat-lich/');
  await choose(page, long);
  await expect(page.locator('#window')).toHaveAttribute('data-service', long?.id ?? '');
  await page.goto('/dat-lich/');
  await expect(page.locator(`input[value="${long?.id}"]`)).toBeChecked();
  await expect(page.locator('#window')).toHaveAttribute('data-service', long?.id ?? '');
  expect(await shownStarts(page)).toEqual(await offered(page, long?.id ?? ''));
});

test('takes the first ward found at Enter instead of sending the form', async ({ page }) => {
  await page.goto('/dat-lich/');
  const search = page.getByRole('combobox', { name: 'Phường, xã' });
  await search.fill(formerWard);
  await search.press('Enter');
  await expect(page.locator('select[name=ward]')).toHaveValue(ward.code);
  await search.fill('không có nơi này');
  await search.press('Enter');
  await expect(page).toHaveURL(/\/dat-lich\/$/);
  await expect(page).not.toHaveTitle(/^Lỗi/);
});

test('says that no ward has the name typed, until one has', async ({ page }) => {
  await page.goto('/dat-lich/');
  const [search, none] = [
    page.getByRole('combobox', { name: 'Phường, xã' }),
    page.locator('#ward-none'),
  ];
  await search.fill('không có nơi này');
  await expect(none).toBeVisible();
  await search.fill(`P. ${formerWard},`);
  await expect(none).toBeHidden();
  await expect(page.getByRole('option').first()).toContainText(formerWard);
});

/** Storage as browsers refuse it: all cookies blocked, a web view without it, a full disk. */
const refused = {
  blocked: () =>
    Object.defineProperty(window, 'sessionStorage', {
      get() {
        throw new DOMException('Access is denied', 'SecurityError');
      },
    }),
  null: () => Object.defineProperty(window, 'sessionStorage', { value: null }),
  full: () =>
    Object.defineProperty(Storage.prototype, 'setItem', {
      value() {
        throw new DOMException('Full', 'QuotaExceededError');
      },
    }),
};

for (const [kind, refuse] of Object.entries(refused)) {
  test(`does the rest of its work where storage is ${kind}`, async ({ page }) => {
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await page.addInitScript(refuse);
    await page.goto('/dat-lich/');
    await expect(page.getByRole('combobox', { name: 'Phường, xã' })).toBeVisible();
    await choose(page, long);
    await expect(page.locator('#window')).toHaveAttribute('data-service', long?.id ?? '');
    await page.getByRole('textbox', { name: 'Họ và tên' }).fill(someone(3).name);
    await page.getByRole('combobox', { name: 'Phường, xã' }).fill(formerWard);
    await page.getByRole('combobox', { name: 'Phường, xã' }).press('Enter');
    await expect(page.locator('select[name=ward]')).toHaveValue(ward.code);
    expect(errors).toEqual([]);
  });
}
