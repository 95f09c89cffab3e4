import jsQR from 'jsqr';
import sharp from 'sharp';
import { bank } from './bank.ts';
import { service } from './facts.ts';
import { findLayoutFaults } from './layout-faults.ts';
import { Life } from './life.ts';
import { someone } from './people.ts';
import { asPhoto, takePicture } from './take-picture.ts';
import { expect, test as base } from './test.ts';

/** Minutes from the start of a day to its evening, when its visits are over. */
const EVENING = 20 * 60;

const test = base.extend<{ life: Life }>({
  life: async ({ page, inbox }, use) => use(new Life(page, inbox)),
});

/** What a scanner reads from a picture of a page. */
async function scan(picture: Buffer): Promise<string> {
  const { data, info } = await sharp(picture)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data ?? '';
}

test('a request with pictures is confirmed with its price, agreed to, paid by its code, receipted, rated and asked for again', async ({
  page,
  life,
}) => {
  const main = page.getByRole('main');
  const { name, note } = someone(1);
  const start = await life.lastStart(service.id);
  const { code, statusUrl } = await life.book(someone(1), start);
  const pictures = [await takePicture(400, 300), await takePicture(300, 400)];
  await page
    .getByLabel('Gửi ảnh chỗ cần làm')
    .setInputFiles(pictures.map((picture, at) => asPhoto(`${at}.jpg`, picture)));
  await page.getByRole('button', { name: 'Gửi ảnh', exact: true }).click();
  await expect(main).toContainText('Đã nhận 2 ảnh.');
  await life.runCron();
  const staffLink = await life.staffLink(code);

  await page.goto(staffLink);
  await life.act('Tôi cần gọi hoặc đến chỗ khách', 'Xem thông tin liên hệ của khách');
  await expect(page.getByRole('img', { name: /^Ảnh \d/ })).toHaveCount(2);
  await page.locator('summary', { hasText: 'Xác nhận với giá' }).click();
  await page.getByRole('textbox', { name: 'Giá (đồng)' }).fill('1,2 triệu');
  await page.getByRole('textbox', { name: /Giá này gồm/ }).fill(note);
  expect(await findLayoutFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Xác nhận với giá' }).click();
  await expect(main).toContainText('Đã xác nhận');
  await expect(main).toContainText('Khách chưa đồng ý');

  await page.goto(statusUrl);
  await expect(main).toContainText('1.200.000');
  await expect(main).toContainText('Dòng hai');
  expect(await findLayoutFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Đồng ý giá này' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Đã đồng ý giá' })).toBeFocused();
  await expect(main).toContainText('Anh/chị đã đồng ý lúc');
  await expect(page.getByRole('img', { name: /VietQR/ })).toHaveCount(0);

  await life.pass((Date.parse(`${start.date}T00:00:00+07:00`) - Date.now()) / 60_000 + EVENING);
  await page.goto(statusUrl);
  await expect(main).toContainText(`Chỉ trả vào tài khoản mang tên ${bank.BANK_NAME}`);
  const codes: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.getByRole('img', { name: /VietQR/ }).scrollIntoViewIfNeeded();
    expect(await findLayoutFaults(page)).toEqual([]);
    codes.push(await scan(await page.screenshot()));
  }
  expect(codes[0]).toBe(codes[1]);
  expect(codes[0]).toContain(bank.BANK_BIN);
  expect(codes[0]).toContain(bank.BANK_ACCOUNT);
  expect(codes[0]).toContain('54071200000');
  expect(codes[0]).not.toContain(code);
  const [, reference = '?'] = /0809(TT[0-9A-Z]{7})/.exec(codes[0] ?? '') ?? [];
  await expect(main).toContainText(reference);

  await page.goto(staffLink);
  await expect(main).toContainText(reference);
  await page.locator('summary', { hasText: 'Ghi tiền đã nhận' }).click();
  await page.getByRole('textbox', { name: 'Số tiền (đồng)' }).fill('1.200.000');
  await life.act('Chuyển khoản', 'Ghi đã nhận');
  await expect(main).toContainText('đã đủ');
  await life.act('Việc này đã làm xong', 'Ghi đã làm xong');

  await page.goto(statusUrl);
  await expect(page.getByRole('img', { name: /VietQR/ })).toHaveCount(0);
  await page.getByRole('link', { name: 'Xem và in biên nhận' }).click();
  await expect(main).toContainText('Biên nhận này không phải hóa đơn');
  await expect(main).toContainText('1.200.000');
  expect(await findLayoutFaults(page)).toEqual([]);
  await page.getByRole('link', { name: /Quay lại/ }).click();

  await page.getByRole('textbox', { name: /Viết thêm/ }).fill(note);
  await life.act('Tốt', 'Gửi đánh giá');
  await expect(page.getByRole('status').filter({ hasText: 'Đã ghi đánh giá' })).toBeFocused();
  expect(await findLayoutFaults(page)).toEqual([]);

  await page.getByRole('main').getByRole('link', { name: 'Đặt lại như lần này' }).click();
  await life.pass(1);
  await page.locator('input[name=slot]:visible').first().check();
  await page.getByRole('checkbox', { name: /Tôi đồng ý/ }).check();
  await page.getByRole('button', { name: 'Gửi yêu cầu' }).click();
  await expect(main).toContainText('Những lần trước');
  await expect(main).toContainText('1.200.000');
  await expect(main).toContainText(name);
});
