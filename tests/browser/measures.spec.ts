import { expect, test } from '@playwright/test';
import { isFilledIn, service } from './facts.ts';

const PHONE = { width: 360, height: 740 };
/** Tallest home page on that phone, in CSS pixels. */
const HOME_MAX = 4500;
/** Tallest bar at the thumb, whatever the size of the letters. */
const BAR_MAX = 56;

test.use({ viewport: PHONE });

function print(what: string, value: number, most: number): void {
  console.log(`${what}: ${value} px, at most ${most}`);
}

for (const face of ['its own', 'the fallback']) {
  test(`the home page is short with ${face} face for headings`, async ({ page }) => {
    test.skip(isFilledIn, 'Prices and registration make the page longer: measured without them.');
    if (face !== 'its own') await page.route('**/*.woff2', (route) => route.abort());
    await page.goto('/');
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    print(`home at 360 × 740 with ${face} face`, height, HOME_MAX);
    expect(height).toBeLessThanOrEqual(HOME_MAX);
  });
}

for (const scale of [100, 200]) {
  for (const path of ['/', `/dat-lich/?service=${service.id}`]) {
    test(`the bar at the thumb of ${path} stays low with letters of ${scale} %`, async ({
      page,
    }) => {
      await page.goto(path);
      await page.evaluate((percent) => {
        document.documentElement.style.fontSize = `${1.125 * percent}%`;
      }, scale);
      const bar = await page.locator('.bar').boundingBox();
      print(`bar at ${scale} %`, bar?.height ?? 0, BAR_MAX);
      expect(bar?.height).toBeLessThanOrEqual(BAR_MAX);
    });
  }
}

test('the floor is wiped once, in plain sight, and ends clean; not at all where motion is unwanted', async ({
  page,
}) => {
  const wipes = () =>
    page.evaluate(() =>
      document.getAnimations().flatMap(({ effect }) => {
        const { duration, iterations } = effect?.getTiming() ?? {};
        return [{ seconds: Number(duration) / 1000, iterations }];
      }),
    );
  await page.goto('/');
  for (const { seconds, iterations } of await wipes()) {
    expect(seconds).toBeGreaterThanOrEqual(1.2);
    expect(seconds).toBeLessThanOrEqual(1.6);
    expect(iterations).toBe(1);
  }
  await expect(page.locator('.tool').first()).toBeHidden();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.reload();
  expect(await wipes()).toEqual([]);
});
