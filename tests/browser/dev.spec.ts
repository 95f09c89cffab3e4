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
