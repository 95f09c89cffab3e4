import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { topics as allTopics } from '../../shared/content/catalogue.ts';
import { foldText } from '../../shared/text.ts';
import { meta, readListedPages } from '../built/site.ts';
import { readPageKinds } from './page-kinds.ts';
import { formerWard, service, ward } from './facts.ts';

const pages = new Map(readListedPages().map((page) => [page.path, page.html]));
const titleOf = (path: string) => meta(pages.get(path) ?? '', 'og:title') ?? '';
/** Those that some article is filed under. */
const topics = allTopics.filter(({ id }) => pages.has(`/tin-tuc/chu-de/${id}/`));

/** The first of what the search found; below it stand examples of what to search for. */
const firstResult = (page: Page) =>
  page.getByRole('main').getByRole('list').locator('a.row-link').first();

test('searches from the menu and without marks', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('navigation', { name: 'Các trang' }).getByText('Tìm trên trang').click();
  await page.getByRole('searchbox').fill(foldText(titleOf(`/dich-vu/${service.id}/`)));
  await page.getByRole('button', { name: 'Tìm', exact: true }).click();
  await expect(firstResult(page)).toHaveAttribute('href', `/dich-vu/${service.id}/`);
});

test('finds a ward by a name that it had before', async ({ page }) => {
  test.skip(formerWard === ward.name, 'No ward had another name.');
  await page.goto(`/tim-kiem/?q=${encodeURIComponent(formerWard)}`);
  await firstResult(page).click();
  await expect(page.locator('select[name=ward]')).toHaveValue(ward.code);
});

for (const [total, views, shown] of [
  [99, 19, ['', '']],
  [100, 20, ['Hôm nay: 3 | Tất cả: 100', 'Xem: 20']],
] as const) {
  test(`shows how often pages were read from a floor on: ${total}, ${views}`, async ({
    page,
    javaScriptEnabled,
  }) => {
    test.skip(javaScriptEnabled === false, 'a script writes the numbers');
    const path = [...pages.keys()].find((one) => /^\/chinh-sach\/./.test(one)) ?? '';
    await page.route(/\/api\/visits\?/, (route) =>
      route.fulfill({ json: { today: 3, total, pages: { [path]: views } } }),
    );
    const counted = page.waitForResponse(/\/api\/visits\?/);
    await page.goto(path);
    await counted;
    const read = () =>
      Promise.all(
        ['[data-visits]', '[data-views]'].map(async (at) =>
          (await page.locator(at).first().innerText()).trim(),
        ),
      );
    await expect.poll(read).toEqual(shown);
  });
}

test('finds first what happens after damage', async ({ page }) => {
  const policy = '/chinh-sach/bao-hanh/';
  test.skip(!pages.get(policy)?.includes('Đồ đạc bị hỏng'), 'no policy speaks of damage');
  for (const query of ['vỡ', 'hỏng', 'đền', 'làm vỡ bình']) {
    await page.goto(`/tim-kiem/?q=${encodeURIComponent(query)}`);
    await expect(firstResult(page)).toHaveAttribute('href', policy);
  }
});

test('never shows the consent box where none is needed', async ({ page }) => {
  await page.goto('/lien-he/?kind=quote');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Xin báo giá');
  await expect(page.locator('#consent')).toBeVisible();
  await page.getByRole('radio', { name: 'Khiếu nại' }).check();
  await expect(page.locator('#consent')).toBeHidden();
  await page.goto('/lien-he/?kind=privacy');
  await expect(page.locator('#consent')).toBeHidden();
});

test('shows a picture of the album large and lets go of it', async ({ page }) => {
  await page.goto('/album/');
  test.skip((await page.getByRole('link', { name: /^Xem lớn/ }).count()) === 0, 'no pictures yet');
  const width = page.viewportSize()?.width ?? 0;
  const height = page.viewportSize()?.height ?? 0;
  const open = page.getByRole('link', { name: /^Xem lớn/ }).last();
  await open.click();
  const large = page.locator('figure:target');
  await expect(large).toBeVisible();
  expect(await large.boundingBox()).toEqual({ x: 0, y: 0, width, height });
  await expect(large.locator('figcaption')).toBeInViewport();
  // Held upright, a phone shows a drawing turned: larger than it lies, and whole.
  for (const drawing of await large.locator('svg').all()) {
    const box = await drawing.boundingBox();
    expect(box?.height).toBeGreaterThan(1.3 * width);
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
  }
  await large.getByRole('link', { name: 'Đóng', exact: true }).click();
  await expect(large).toHaveCount(0);
  await expect(open).toBeInViewport();
});

test('offers a clip with controls, captions and as a file', async ({ page }) => {
  await page.goto('/video/');
  test.skip((await page.locator('video').count()) === 0, 'all films are on YouTube');
  const video = page.locator('video').first();
  await expect(video).toHaveAttribute('controls', '');
  await expect(video).toHaveAttribute('poster', /\.webp$/);
  const captions = await video.locator('track').getAttribute('src');
  const written = await page.request.get(captions ?? '');
  expect(await written.text()).toMatch(/^WEBVTT/);
  const plays = await video.evaluate(async (element: HTMLVideoElement) => {
    if (element.canPlayType('video/mp4; codecs="avc1.640028"') === '') return 'no decoder';
    element.muted = true;
    await element.play();
    return element.videoWidth;
  });
  expect([640, 960, 1280, 1920, 'no decoder']).toContain(plays);
  const loading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Tải phim về máy' }).click();
  const loaded = readFileSync(await (await loading).path());
  const ours = readdirSync('content/video').filter((file) => file.endsWith('.mp4'));
  expect(ours.some((file) => readFileSync(path.join('content/video', file)).equals(loaded))).toBe(
    true,
  );
});

test('narrows the articles down to a topic and back', async ({ page }) => {
  await page.goto('/tin-tuc/');
  test.skip(topics.length < 2, 'all articles are of one topic');
  const articles = page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ has: page.locator('p') });
  const topic = topics.at(-1) as (typeof topics)[number];
  const all = await articles.count();
  const choices = page.getByRole('navigation', { name: 'Chủ đề' });
  await choices.getByRole('link', { name: topic.name }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(topic.name);
  expect(await articles.count()).toBeLessThan(all);
  await articles.first().getByRole('link').click();
  await expect(page.locator('article h1')).toBeVisible();
  await page.goBack();
  await choices.getByRole('link', { name: 'Tất cả' }).click();
  await expect(articles).toHaveCount(all);
});

test('reads on every kind of page, from the first heading to the last', async ({
  page,
  javaScriptEnabled,
}) => {
  test.skip(javaScriptEnabled !== false, 'every-page.spec.ts looks at them with scripts');
  for (const listed of readPageKinds().filter(({ isNew }) => isNew)) {
    await page.goto(listed.path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    // What the Worker left hidden has no words for this page, lists of contents and the third article of the home page stand on wide screens, and the booking form shows what belongs to the choice made.
    const unseen = await page
      .locator(
        'main :is(h2, h3, p, li, td, dd):not(details *, [hidden], [hidden] *, nav *, .trap *, .news *, [action="/api/bookings"] *)',
      )
      .filter({ visible: false })
      .filter({ hasText: /\S/ })
      .allTextContents();
    expect([listed.path, unseen]).toEqual([listed.path, []]);
  }
});
