import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { expect, test, type APIRequestContext } from '@playwright/test';
import { findLayoutFaults } from './layout-faults.ts';
import { ownServer } from './servers.ts';

const ADDRESS = 'hoa@example.org';
interface Mail {
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
}

/** The newest mail whose subject fits, once it is there. */
async function waitForMail(request: APIRequestContext, subject: RegExp): Promise<Mail> {
  let found: Mail | undefined;
  await expect(async () => {
    const entries = (await (await request.get('/dev/inbox.json')).json()) as Mail[];
    found = entries.find((entry) => subject.test(entry.subject));
    expect(found).toBeDefined();
  }).toPass();
  return found as Mail;
}

/** The address of a page of the letters in a mail, on this server. */
const pathIn = (text: string, page: string) =>
  new RegExp(`/ban-tin/${page}/[^\\s>]+`).exec(text)?.[0] ?? '';

test('someone signs up, confirms by a press, gets a letter and leaves by one press', async ({
  page,
  request,
}) => {
  const main = page.getByRole('main');
  await page.goto('/');
  await page.getByRole('link', { name: 'Nhận bản tin' }).click();
  await page.getByRole('textbox', { name: 'Email nhận bản tin' }).fill(ADDRESS);
  await page.getByRole('button', { name: 'Gửi thư xác nhận' }).click();
  await expect(main).toContainText('chưa đánh dấu ô đồng ý');
  await expect(page.getByRole('textbox', { name: 'Email nhận bản tin' })).toHaveValue(ADDRESS);
  expect(await findLayoutFaults(page)).toEqual([]);
  await page.getByRole('checkbox').check();
  // Nobody fills in a form in less time.
  await page.waitForTimeout(2_500);
  await page.getByRole('button', { name: 'Gửi thư xác nhận' }).click();
  await expect(main).toContainText('mở hộp thư để xác nhận');

  const asked = await waitForMail(request, /^Xác nhận đăng ký bản tin/);
  await page.goto(pathIn(asked.text, 'xac-nhan'));
  expect(await findLayoutFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Xác nhận đăng ký bản tin' }).click();
  await expect(main).toContainText('h•••@example.org');
  expect(await findLayoutFaults(page)).toEqual([]);
  const copy = page.waitForEvent('download');
  await page.getByRole('radio', { name: /JSON/ }).check();
  await page.getByRole('button', { name: 'Thực hiện mục đã chọn' }).click();
  expect(readFileSync(await (await copy).path(), 'utf8')).toContain(ADDRESS);

  const command = ['scripts/letters.ts', 'send', 'mua-mua'];
  const state = ['--persist-to', ownServer()?.state ?? ''];
  const sent = spawnSync(process.execPath, [...command, ...state], { encoding: 'utf8' });
  expect(sent.stdout, sent.stderr).toContain('1 thư đã vào hàng gửi');
  const cron = new URLSearchParams({ cron: '* * * * *', time: String(Date.now()) });
  await request.get(`/cdn-cgi/local/scheduled?${cron.toString()}`);
  const letter = await waitForMail(request, /^\[QC\] Việc nên làm trước mùa mưa$/);
  expect(letter.html).toContain('<b>ổ cắm</b>');
  expect(letter.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');

  await page.goto(pathIn(letter.text, 'roi'));
  await page.getByRole('button', { name: 'Rời danh sách' }).click();
  await expect(main).toContainText('Đã rời danh sách');
  await page.goto(pathIn(letter.text, 'cua-toi'));
  await expect(main).toContainText('đã hết hạn');
});
