import { fetchIntents } from './intents.ts';
import { service, ward } from './facts.ts';
import { expect, test } from './test.ts';
import { someone } from './people.ts';

/** A small phone: what it shows without scrolling is above the fold. */
const SMALL = { width: 360, height: 640 };

test('staff go from the e-mail to a confirmed job in at most six taps, all above the fold', async ({
  page,
  inbox,
  request,
}) => {
  const person = someone(7);
  await page.setViewportSize(SMALL);
  const { days } = (await (
    await request.get(`/api/availability?service=${service.id}&days=20`)
  ).json()) as { days: { date: string; windows: { id: string; seatsLeft: number }[] }[] };
  const free = days
    .toReversed()
    .flatMap(({ date, windows }) => windows.map((window) => ({ date, ...window })))
    .find(({ seatsLeft }) => seatsLeft > 0);
  const [intent] = await fetchIntents(request, ['booking']);
  const sent = await request.post('/api/bookings', {
    headers: { Accept: 'application/json' },
    data: {
      service: service.id,
      ward: ward.code,
      address: person.address,
      date: free?.date,
      window: free?.id,
      name: person.name,
      phone: person.phone,
      consent: 'yes',
      intent,
    },
  });
  expect(sent.status()).toBe(201);
  const { code, statusUrl } = (await sent.json()) as { code: string; statusUrl: string };
  const mail = await inbox.email(code);
  const link = /https?:\/\/\S+\/viec\/\S+\//.exec(mail.text)?.[0] ?? '';
  expect(link).not.toBe('');

  let taps = 1;
  await page.goto(new URL(link).pathname);
  const main = page.getByRole('main');
  await expect(main).not.toContainText(person.name);
  const confirm = page.getByRole('button', { name: 'Xác nhận', exact: true });
  await expect(confirm).toBeInViewport({ ratio: 1 });

  await page.getByRole('radio', { name: 'Tôi cần gọi hoặc đến chỗ khách' }).check();
  await page.getByRole('button', { name: 'Xem thông tin liên hệ của khách' }).click();
  taps += 2;
  await expect(main).toContainText(person.name);
  const call = main.getByRole('link', { name: new RegExp(`Gọi.*${person.phone}`) });
  await expect(call).toHaveAttribute('href', `tel:${person.e164}`);
  await expect(call).toBeInViewport({ ratio: 1 });
  await expect(confirm).toBeInViewport({ ratio: 1 });
  taps += 1;

  // With the details open a button needs no radio.
  await confirm.click();
  taps += 1;
  await expect(main).toContainText('Đã xác nhận');
  await expect(page.getByRole('button', { name: 'Rút lại xác nhận' })).toBeVisible();
  expect(taps).toBeLessThanOrEqual(5);
  const overflow = await page
    .locator('html')
    .evaluate((html) => html.scrollWidth - html.clientWidth);
  expect(overflow).toBe(0);

  await page.goto(statusUrl);
  await expect(main).toContainText('Đã xác nhận');
  await page.locator('summary', { hasText: 'Hủy đơn' }).click();
  await page.getByRole('checkbox', { name: 'Tôi muốn hủy đơn này' }).check();
  await page.getByRole('button', { name: /^Hủy đơn/ }).click();
  await expect(main).toContainText('Anh/chị đã hủy đơn này');
});
