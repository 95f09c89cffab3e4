import type { Page } from '@playwright/test';
import { services } from '../../shared/content/catalogue.ts';
import { isFilledIn, service } from './facts.ts';
import { expect, test } from './test.ts';

/** Height of a phone's screen, its bar at the thumb included. */
const SCREEN = 740;
const path = `/dat-lich/?service=${service.id}`;

/** Tallest that the choice of day and window may be in CSS pixels, with as many days, windows, notes and later days as the company has. */
async function allowedHeight(page: Page): Promise<number> {
  const rows = async (what: string, each: number) =>
    Math.ceil((await page.locator('#window').locator(what).count()) / each);
  const heights = await Promise.all([
    rows('input[name=day]', 4).then((count) => count * 64),
    rows('.windows .pick:visible', 2).then((count) => count * 66),
    rows('.windows small:visible', 2).then((count) => count * 20),
    rows('.spans .button:visible', 3).then((count) => count * 52),
  ]);
  return heights.reduce((sum, height) => sum + height, 104);
}

/** Heights of the booking page in CSS pixels, and where its button begins in screens. */
async function measure(page: Page, address = path) {
  await page.goto(address);
  const [window, button] = [
    page.locator('#window'),
    page.getByRole('button', { name: 'Gửi yêu cầu' }),
  ];
  await expect(button).toBeVisible();
  const measures = {
    page: await page.evaluate(() => document.documentElement.scrollHeight),
    windows: (await window.boundingBox())?.height ?? Infinity,
    screens: ((await button.boundingBox())?.y ?? Infinity) / SCREEN,
  };
  console.log(`booking at 360 x 740: ${JSON.stringify(measures)}`);
  return measures;
}

test('the booking page is short once the service is known', async ({ page }) => {
  test.skip(isFilledIn, 'Prices and registration make the page longer: measured without them.');
  const { page: height, windows, screens } = await measure(page);
  expect(windows).toBeLessThanOrEqual(await allowedHeight(page));
  expect(height - windows).toBeLessThanOrEqual(4300 - 480);
  expect(screens - windows / SCREEN).toBeLessThanOrEqual(3.5 - 480 / SCREEN);
});

test('its button stays near where the service can come again and again', async ({ page }) => {
  const repeating = services.find(({ repeat, visit }) => repeat && visit === 'work');
  test.skip(repeating === undefined, 'The company has no service that comes again.');
  test.skip(isFilledIn, 'Prices and registration make the page longer: measured without them.');
  const { screens, windows } = await measure(page, `/dat-lich/?service=${repeating?.id}`);
  await expect(page.getByLabel('Bao lâu một lần')).toBeVisible();
  expect(screens - windows / SCREEN).toBeLessThanOrEqual(3.5 - 480 / SCREEN);
});

test('its button is near at text of double size', async ({ page }) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
  expect((await measure(page)).screens).toBeLessThanOrEqual(13);
});
