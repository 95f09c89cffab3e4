import type { Page } from '@playwright/test';
import { service, ward } from './facts.ts';
import { fetchIntents } from './intents.ts';
import { findLayoutFaults } from './layout-faults.ts';
import { someone } from './people.ts';
import { startPushService } from './push-service.ts';
import { expect, test } from './test.ts';

const SCOPE = '/viec/';
/** A phone is called what it is called by, often by whom. */
const NAME = `Máy của ${someone(7).name}`;

test('a phone is added from the page of staff, is told of a new request, and is removed', async ({
  page,
  request,
  inbox,
}) => {
  const push = await startPushService();
  const intents = fetchIntents(request, ['booking']);
  await page.context().grantPermissions(['notifications']);
  await subscribeBy(page, push.subscription);
  await request.post('/viec/', { form: { send: 'yes' }, headers: { Accept: 'text/html' } });
  const { text } = await inbox.email('/viec/lich/');
  await page.goto(/\/viec\/lich\/[^\s/]+\//.exec(text)?.[0] ?? '');
  const fold = page.locator('summary', { hasText: 'Trên điện thoại' });
  await fold.click();
  await page.getByRole('textbox', { name: 'Tên điện thoại này' }).fill(NAME);
  await page.getByRole('button', { name: 'Báo trên điện thoại này' }).click();
  await expect(page.getByRole('status')).toContainText('Đã thêm');
  const titlesShown = await watchNotifications(page);
  expect(await findLayoutFaults(page)).toEqual([]);

  const code = await sendRequest(request, (await intents)[0] ?? '');
  const told = await push.read();
  expect(told).toMatchObject({ code, kind: 'booking.requested', service: service.name });
  expect(Object.keys(told as object).toSorted()).toEqual([
    ...['code', 'date', 'kind', 'service', 'ward', 'window'],
  ]);
  // Handed over anew where a busy browser lost it; a second copy takes the place of the first.
  await expect(async () => {
    await deliver(page, told);
    await expect.poll(titlesShown, { timeout: 5_000 }).toEqual([`Yêu cầu mới · ${code}`]);
  }).toPass({ timeout: 60_000 });

  await page.reload();
  await fold.click();
  await page.getByRole('radio', { name: new RegExp(`^${NAME}`) }).check();
  await page.getByRole('button', { name: 'Gỡ điện thoại đã chọn' }).click();
  await expect(page.getByRole('alert')).toContainText('Đã gỡ điện thoại');
  await expect(page.getByRole('radio', { name: new RegExp(`^${NAME}`) })).toHaveCount(0);

  // The pages of visitors have no worker.
  await page.goto('/');
  expect(
    await page.evaluate(async () => {
      const all = await navigator.serviceWorker.getRegistrations();
      const own = await navigator.serviceWorker.getRegistration('/');
      return [all.map(({ scope }) => new URL(scope).pathname), own === undefined];
    }),
  ).toEqual([[SCOPE], true]);
  push.stop();
});

/** Chromium without a push service of its own: subscribing gives what the stand-in's browser has. */
async function subscribeBy(
  page: Page,
  subscription: { endpoint: string; keys: Record<string, string> },
): Promise<void> {
  await page.addInitScript((phone) => {
    PushManager.prototype.subscribe = async (options) => {
      const given = options?.applicationServerKey;
      const key = typeof given === 'string' ? given : '';
      const text = atob(key.replaceAll('-', '+').replaceAll('_', '/'));
      const applicationServerKey = Uint8Array.from(text, (letter) => letter.charCodeAt(0)).buffer;
      const made = { options: { applicationServerKey }, toJSON: () => phone };
      return made as unknown as PushSubscription;
    };
  }, subscription);
}

/** Sends a request from the web, and gives its code. */
async function sendRequest(request: Page['request'], intent: string): Promise<string> {
  const { days } = (await (
    await request.get(`/api/availability?service=${service.id}&days=20`)
  ).json()) as { days: { date: string; windows: { id: string; seatsLeft: number }[] }[] };
  const [free] = days.flatMap(({ date, windows }) =>
    windows.filter(({ seatsLeft }) => seatsLeft > 0).map(({ id }) => ({ date, window: id })),
  );
  const { name, phone, address } = someone(6);
  const sent = await request.post('/api/bookings', {
    headers: { Accept: 'application/json' },
    data: {
      ...{ service: service.id, ward: ward.code, ...free, name, phone, address },
      ...{ consent: 'yes', intent },
    },
  });
  expect(sent.status()).toBe(201);
  return ((await sent.json()) as { code: string }).code;
}

/** Hands the worker of the page a push, as the browser does once it has decrypted one. */
async function deliver(page: Page, data: unknown): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [one] = registrations;
      if (one !== undefined) resolve(one.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.deliverPushMessage', {
    origin: new URL(page.url()).origin,
    registrationId: await registered,
    data: JSON.stringify(data),
  });
}

/**
 * Reads the titles of the notifications that the page's worker has asked for since now, the newest of each tag. They are not read
 * from the browser: a Chromium without a desktop has no place to show them.
 */
async function watchNotifications(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(async () => navigator.serviceWorker.ready);
  const [worker] = page.context().serviceWorkers();
  if (worker === undefined) throw new Error('The page has no worker');
  const shown = await worker.evaluateHandle(() => {
    const titles = new Map<string, string>();
    const { prototype } = ServiceWorkerRegistration;
    const show = prototype.showNotification;
    prototype.showNotification = function (title, options) {
      titles.set(options?.tag ?? title, title);
      return show.call(this, title, options);
    };
    return titles;
  });
  return () => shown.evaluate((titles) => [...titles.values()]);
}
