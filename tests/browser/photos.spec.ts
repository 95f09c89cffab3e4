import { readFileSync } from 'node:fs';
import process from 'node:process';
import sharp from 'sharp';
import { encodingsOfBytes } from '../encodings.ts';
import { CODE, service, STATUS_PAGE } from './facts.ts';
import { findLayoutFaults } from './layout-faults.ts';
import { findFiles, leftoverRoots } from './leftovers.ts';
import { Life } from './life.ts';
import { someone } from './people.ts';
import { asPhoto, takePicture } from './take-picture.ts';
import { expect, test as base } from './test.ts';
import { WeakLine } from './weak-line.ts';

const folder = process.env['TEST_FOLDER'] ?? '';

const test = base.extend<{ life: Life }>({
  life: async ({ page, inbox }, use) => use(new Life(page, inbox)),
});

/** What is no picture of a camera, whatever it is called. */
const drawing = readFileSync('dist/favicon.svg');

/** Bytes out of the middle of a file, as a search finds them. */
function middleOf(bytes: Buffer): string {
  const middle = Math.floor(bytes.length / 2);
  return bytes.subarray(middle, middle + 24).toString('latin1');
}

test('pictures of a complaint are judged one by one, shown upright after a press, and lie sealed', async ({
  page,
  life,
  javaScriptEnabled,
}) => {
  test.skip(javaScriptEnabled !== false, 'the form is sent as it is');
  const main = page.getByRole('main');
  const person = someone(7);
  await page.goto('/lien-he/');
  await page.getByRole('radio', { name: 'Khiếu nại' }).check();
  await page.getByRole('textbox', { name: 'Nội dung' }).fill(person.message);
  await page.getByRole('textbox', { name: 'Họ và tên' }).fill(person.name);
  await page.getByRole('textbox', { name: 'Số điện thoại' }).fill(person.phone);
  await life.pass(1);
  await page.getByRole('button', { name: 'Gửi tin nhắn' }).click();
  await expect(page).toHaveURL(STATUS_PAGE);
  const code = CODE.exec(page.url())?.[0] ?? '';

  const whole = await takePicture(400, 300);
  await page
    .getByLabel('Gửi ảnh chỗ chưa đạt')
    .setInputFiles([
      asPhoto('một.jpg', whole),
      asPhoto('hai.jpg', drawing),
      asPhoto('ba.jpg', whole.subarray(0, 700)),
    ]);
  await page.getByRole('button', { name: 'Gửi ảnh', exact: true }).click();
  const said = page.getByRole('alert').filter({ hasText: 'Đã nhận 1 ảnh.' });
  await expect(said).toContainText('Ảnh thứ 2: không phải ảnh');
  await expect(said).toContainText('Ảnh thứ 3: ảnh bị hỏng');
  expect(await findLayoutFaults(page)).toEqual([]);
  await page.context().clearCookies();
  await page.reload();
  await expect(page.getByRole('img', { name: /^Ảnh 1/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Xem đầy đủ' }).click();
  const shot = page.getByRole('img', { name: /^Ảnh 1/ });
  await expect(shot).toBeVisible();
  expect(await findLayoutFaults(page)).toEqual([]);
  const kept = await page.request.get((await shot.getAttribute('src')) ?? '');
  const opened = await kept.body();
  // Turned as its camera held it.
  expect(await sharp(opened).metadata()).toMatchObject({ format: 'webp', width: 300, height: 400 });

  const needles = [middleOf(whole), middleOf(opened)].flatMap(encodingsOfBytes);
  expect(findFiles(leftoverRoots(folder), needles)).toEqual([]);

  await life.runCron();
  await page.goto(await life.staffLink(code));
  await expect(main).toContainText('1 ảnh');
});

test('pictures are made small before they are sent, each with its progress, and sent again where the line was cut', async ({
  page,
  life,
  baseURL,
  javaScriptEnabled,
}) => {
  test.skip(javaScriptEnabled === false, 'the script does it');
  const { statusUrl } = await life.book(someone(8), await life.lastStart(service.id));
  const line = new WeakLine(new URL(baseURL ?? ''));
  const { pathname, search } = new URL(statusUrl);
  await page.goto(`${await line.open()}${pathname}${search}`);
  await page
    .getByLabel('Gửi ảnh chỗ cần làm')
    .setInputFiles([
      asPhoto('một.jpg', await takePicture(2400, 1800)),
      asPhoto('hai.jpg', drawing),
    ]);
  line.isCutting = true;
  const cut = page.waitForEvent('requestfailed', { predicate: (one) => one.method() === 'POST' });
  await page.getByRole('button', { name: 'Gửi ảnh', exact: true }).click();
  await cut;
  line.isCutting = false;
  line.posted = '';
  const lines = page.getByRole('listitem').filter({ has: page.getByRole('progressbar') });
  await expect(lines.first()).toContainText('mạng yếu, gửi lại lần 2');
  await expect(lines).toContainText(['đã gửi', 'không phải ảnh']);
  expect(await findLayoutFaults(page)).toEqual([]);
  for (const name of ['một.jpg', 'hai.jpg'])
    await expect(page.getByRole('progressbar', { name })).toHaveJSProperty('value', 1);
  const sent = line.posted.slice(line.posted.indexOf('\xff\xd8\xff'));
  const bytes = Uint8Array.from(sent, (sign) => sign.charCodeAt(0));
  expect(await sharp(bytes).metadata()).toMatchObject({
    format: 'jpeg',
    width: 1200,
    height: 1600,
  });
  expect(sent.includes('moc-dau')).toBe(false);
  line.posted = '';
  await page.getByRole('button', { name: 'Gửi ảnh', exact: true }).click();
  await expect(lines).toContainText(['đã gửi', 'không phải ảnh']);
  // What was kept is not sent again beside what was not.
  expect(line.posted).not.toContain('\xff\xd8\xff');
  // What was kept is seen without loading the page again.
  await expect(page.getByRole('img', { name: /^Ảnh \d/ })).toHaveCount(1);
  await line.close();
});
