import { expect, test } from './test.ts';

test('shows an empty inbox and a receiver that refuses what is not signed', async ({
  page,
  inbox,
}) => {
  await page.goto('/dev/inbox');
  await expect(page.getByText('Chưa có gì.')).toBeVisible();
  const unsigned = await page.request.post('/dev/dispatch', { data: { type: 'job.requested' } });
  expect(unsigned.status()).toBe(401);
  expect(await inbox.list()).toEqual([]);
});

test('does nothing that the page of another site asks for', async ({ page, baseURL }) => {
  const site = 'http://other.example';
  const html = `<form method="post" action="${baseURL}/dev/reset"><button>Xem</button></form>`;
  await page.route(`${site}/**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: html }),
  );
  await page.goto(site);
  const answered = page.waitForResponse(`${baseURL}/dev/reset`);
  await page.getByRole('button').click();
  expect((await answered).status()).toBe(403);
});
