import type { APIRequestContext, Page } from '@playwright/test';
import { bookingRules, crews } from '../../shared/content/catalogue.ts';
import { seatsOn, windowsOn } from '../../shared/jobs/availability.ts';
import { addDays, fromVietnam, toVietnamDate } from '../../shared/time.ts';
import { service, ward } from './facts.ts';
import { findLayoutFaults } from './layout-faults.ts';
import { Life } from './life.ts';
import { someone } from './people.ts';
import { expect, test } from './test.ts';

/** Jobs of the day, where its seats allow as many. */
const JOBS = 8;

test('the day is open by three presses from the mail, a day short of a crew dealt with by six, with a text for each customer', async ({
  page,
  request,
  inbox,
}) => {
  test.skip(service.windows > 1, 'the service takes several windows');
  const life = new Life(page, inbox);
  const { date, slots, windows } = fullDay();
  await request.post('/viec/', { form: { send: 'yes' }, headers: { Accept: 'text/html' } });
  const week = linkIn((await inbox.email('/viec/lich/')).text, '/viec/lich/');
  for (const [digit, slot] of slots.entries()) await writeDown(request, { week, digit, slot });
  const evening = fromVietnam(addDays(date, -1), '18:01');
  await life.pass((evening.getTime() - Date.now()) / 60_000);
  await life.runCron();
  const mail = await inbox.email('Tổng kết');
  const main = page.getByRole('main');

  // The link in the mail, the radio, the button.
  await page.goto(linkIn(mail.text, `/viec/ngay/${date}/`));
  await expect(main).not.toContainText(someone(0).name);
  const dayUrl = page.url();
  await page.getByRole('radio', { name: /mọi khách trong ngày/ }).check();
  await page.getByRole('button', { name: 'Mở cả ngày' }).click();
  for (const digit of slots.keys()) await expect(main).toContainText(someone(digit).name);
  expect(await findLayoutFaults(page)).toEqual([]);

  // The link in the mail, then what `setShort` presses.
  await page.goto(dayUrl);
  expect(1 + (await setShort(page))).toBeLessThanOrEqual(6);
  await expect(page.getByRole('alert')).toBeFocused();
  const texts = main.getByRole('textbox', { name: 'Chép để gửi khách' });
  const seats = crews.length > 0 ? crews.length - 1 : 1;
  const surplus = slots.length - windows * seats;
  await expect(texts).toHaveCount(surplus);
  for (let at = 0; at < surplus; at += 1) {
    await expect(texts.nth(at)).toHaveValue(/Lịch chưa hủy/);
  }
  await expectSoundLayout(page);

  await page.goto(week);
  await expect(main.getByRole('link', { name: /^Ngày mai/ })).toBeVisible();
  await expectSoundLayout(page);
});

/** On the phone of the journey, then on a desk. */
async function expectSoundLayout(page: Page) {
  const phone = page.viewportSize();
  expect(await findLayoutFaults(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 800 });
  expect(await findLayoutFaults(page)).toEqual([]);
  if (phone !== null) await page.setViewportSize(phone);
}

/** Says that the first crew is off, or where the company has no crews that each window has one seat; gives the presses. */
async function setShort(page: Page): Promise<number> {
  const fold = (words: string) => page.locator('summary', { hasText: words }).click();
  if (crews[0] === undefined) {
    await fold('Đổi số chỗ');
    await page.getByRole('radio', { name: /^Cả ngày/ }).check();
    await page.getByRole('textbox', { name: 'Số chỗ' }).fill('1');
    await page.getByRole('button', { name: 'Đổi số chỗ' }).click();
    return 4;
  }
  await fold('Đội nghỉ');
  await page.getByRole('radio', { name: `${crews[0].name} nghỉ ngày này` }).check();
  await page.getByRole('button', { name: 'Làm theo dòng đã chọn' }).click();
  return 3;
}

/** The next day after tomorrow with most windows, whose evening before is still to come, and starts that fill it evenly. */
function fullDay(): { date: string; slots: string[]; windows: number } {
  const days = Array.from({ length: 7 }, (_, at) => addDays(toVietnamDate(new Date()), at + 2));
  const open = days.map((date) => ({ date, windows: windowsOn(bookingRules, date) }));
  const [most] = open.toSorted((a, b) => b.windows.length - a.windows.length);
  if (most === undefined || most.windows.length === 0) throw new Error('No day is open');
  const { date, windows } = most;
  const seats = crews.length > 0 ? crews.length : seatsOn(bookingRules, date);
  const rounds = Array.from({ length: seats }, () => windows.map(({ id }) => `${date}/${id}`));
  return { date, slots: rounds.flat().slice(0, JOBS), windows: windows.length };
}

/** Writes a job down as staff do for a caller. */
async function writeDown(
  request: APIRequestContext,
  { week, digit, slot }: { week: string; digit: number; slot: string },
): Promise<void> {
  const html = await (await request.get(`${week}them/`)).text();
  const valueOf = (name: string) =>
    new RegExp(`name="${name}"[^>]* value="([^"]+)"`).exec(html)?.[1] ?? '';
  const { name, phone, address, note } = someone(digit);
  const sent = await request.post(`${week}them/`, {
    headers: { Accept: 'text/html' },
    maxRedirects: 0,
    form: {
      ...{ intent: valueOf('intent'), token: valueOf('token'), service: service.id, slot },
      ...{ ward: ward.code, name, phone, address, note, agreed: 'yes', consent: 'yes' },
    },
  });
  expect(sent.status()).toBe(303);
}

/** The path of the first link of a mail that leads there. */
function linkIn(text: string, start: string): string {
  const found = new RegExp(`${start}[^\\s/]+/`).exec(text)?.[0];
  if (found === undefined) throw new Error(`No link to ${start}`);
  return found;
}
