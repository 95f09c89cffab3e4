import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Page, expect, test } from '@playwright/test';
import sharp from 'sharp';
import { buildCheckout, runInCheckout } from '../../scripts/tools/checkout.ts';
import { makeSampleCheckout } from '../built/sample-checkout.ts';
import { AdminForm, watchTroubles } from './admin-form.ts';
import { lendFolder, takeFolderBack } from './local-folder.ts';
import { takePicture } from './readme-pictures.ts';
import { followSteps } from './readme-steps.ts';

const ENTER = 'Mở trang `/admin/` và đăng nhập.';
const SAVE = 'Bấm **Lưu**.';
const PLACE = { GPSLatitudeRef: 'N', GPSLatitude: '18/1 40/1 0/1' };

test.use({ actionTimeout: 15_000 });

let checkout: ReturnType<typeof makeSampleCheckout>;

test.beforeAll(() => {
  checkout = makeSampleCheckout();
  git('init', '--quiet');
  git('add', 'content');
  git('commit', '--quiet', '--message', 'before');
});

test.afterAll(() => checkout.remove());

test('content/README.md, followed to the letter, ends with an article and a photo on the site', async ({
  page,
}) => {
  test.setTimeout(400_000);
  const troubles = watchTroubles(page);
  const form = new AdminForm(page);
  await lendFolder(page, checkout.folder);
  await lendConfig(page);
  await writeArticle(form);
  await changePrice(form);
  await addToAlbum(form);
  await closeForHoliday(form);
  await changePolicy(form);
  await form.enter();
  await form.choose('Bài viết', 'Ổ cắm nóng tay thì làm gì');
  await form.fill(
    'Mô tả',
    'Ổ cắm nóng lên là vì sao, lúc nào phải ngắt điện ngay và gọi thợ, và làm gì để phích cắm, ổ cắm không nóng khi dùng lâu ngày.',
  );
  await form.save();
  await takeFolderBack(page, checkout.folder);
  expect(troubles).toEqual([]);
  expect(changedLines()).toEqual(CHANGED);
  await expectSmallPhoto('content/photos/anh-tam-tham.webp');
  buildSite();
  await expectOnTheSite(page);
});

/** Lines added and taken away: what was meant and nothing else. */
const CHANGED = {
  'content/album/mach-dien.mdx': '3 0',
  'content/booking.json': '7 1',
  'content/news/giat-tham-phong-khach.mdx': '16 0',
  'content/news/o-cam-nong.mdx': '1 1',
  'content/photos/anh-ghe-sofa.webp': '- -',
  'content/photos/anh-tam-tham.webp': '- -',
  'content/policies/bao-mat-thong-tin.mdx': '3 1',
  'content/services.json': '8 1',
};

async function writeArticle(form: AdminForm): Promise<void> {
  const photo = await takePhoto('Ảnh tấm thảm.jpg', '#7a8f84');
  await followSteps('Viết một bài', {
    [ENTER]: () => form.enter(),
    'Chọn **Bài viết**, bấm **Tạo mới** (trên điện thoại là nút tròn hình cây bút).': () =>
      form.create('Bài viết', 'bài viết'),
    'Ghi **Tiêu đề** và **Mô tả**: bài trả lời điều gì, cho ai; mô tả từ 110 đến 155 ký tự.':
      async () => {
        await form.fill('Tiêu đề', 'Giặt thảm phòng khách');
        await form.fill(
          'Mô tả',
          'Hút bụi, chấm vết bẩn, giặt nhẹ rồi phơi khô để thảm không phai màu. Cách làm cho thảm lông ngắn và thảm len trải ở phòng khách.',
        );
      },
    'Viết bài vào ô **Nội dung**. Câu trả lời đứng ngay đoạn đầu, đề mục bắt đầu bằng `##`.':
      async () => {
        await form.fill('Nội dung', 'Hút bụi hai mặt.\n\n## Chấm vết bẩn\n\nGọi <Hotline />.');
        await takePicture(form.page, 'bai');
      },
    'Chọn một **Chủ đề**.': () => form.page.getByRole('radio', { name: 'An toàn điện' }).click(),
    'Đánh dấu **Thêm Ảnh**, bấm **Duyệt tệp**, bấm **Tải lên**, chọn ảnh trong máy, rồi bấm **Chèn**.':
      async () => {
        await form.tick('Ảnh');
        await form.addPhoto('Tệp ảnh', photo);
      },
    'Ghi **Chữ thay ảnh**: ảnh có gì, một câu.': () =>
      form.fill('Chữ thay ảnh', 'Tấm thảm phòng khách đang được hút bụi.'),
    [SAVE]: () => form.save(),
  });
}

async function changePrice(form: AdminForm): Promise<void> {
  await followSteps('Đổi một giá', {
    [ENTER]: () => form.enter(),
    'Chọn **Số liệu**, rồi **Dịch vụ và giá**.': () => form.choose('Số liệu', 'Dịch vụ và giá'),
    'Bấm mũi tên ở dịch vụ cần đổi.': () => form.unfold('Lắp quạt trần'),
    'Chưa có giá thì bấm **Thêm dòng giá**. Có rồi thì bấm mũi tên ở dòng giá.': () =>
      form.press('Thêm dòng giá'),
    'Ghi **Tên dòng giá** và **Đơn giá (đồng)**, ví dụ 350.000.': async () => {
      await form.fill('Tên dòng giá', 'Sofa vải 3 chỗ');
      await form.fill('Đơn giá (đồng)', '350.000');
    },
    [SAVE]: () => form.save('gia'),
  });
}

async function addToAlbum(form: AdminForm): Promise<void> {
  const photo = await takePhoto('Ảnh ghế sofa.jpg', '#88807a');
  await followSteps('Thêm ảnh vào album', {
    [ENTER]: () => form.enter(),
    'Chọn **Album**, rồi chọn nhóm hình.': () => form.choose('Album', 'Mạch điện một phòng'),
    'Bấm **Thêm hình**.': () => form.press('Thêm hình'),
    'Ở ô **Ảnh** bấm **Duyệt tệp**, bấm **Tải lên**, chọn ảnh trong máy, rồi bấm **Chèn**.': () =>
      form.addPhoto('Ảnh', photo),
    'Ghi **Chữ thay hình** và **Chú thích**.': async () => {
      await form.fill('Chữ thay hình', 'Ghế sofa xám sau khi giặt.');
      await form.fill('Chú thích', 'Sofa vải sau khi giặt và hút khô.');
    },
    [SAVE]: () => form.save('anh'),
  });
}

async function closeForHoliday(form: AdminForm): Promise<void> {
  await followSteps('Nghỉ Tết hoặc nghỉ một ngày', {
    [ENTER]: () => form.enter(),
    'Chọn **Số liệu**, rồi **Đặt lịch: khung giờ, ngày nghỉ**.': () =>
      form.choose('Số liệu', 'Đặt lịch: khung giờ, ngày nghỉ'),
    'Ở mục **Ngày nghỉ**, bấm **Thêm ngày nghỉ**.': () => form.press('Thêm ngày nghỉ'),
    'Chọn **Từ ngày** và **Đến ngày**, tính cả hai ngày ấy, rồi ghi **Lý do**.': async () => {
      const row = form.group('Ngày nghỉ');
      await form.fill('Từ ngày', '2027-04-30', row);
      await form.fill('Đến ngày', '2027-05-01', row);
      await form.fill('Lý do', 'Nghỉ lễ', row);
    },
    [SAVE]: () => form.save('nghi'),
  });
}

async function changePolicy(form: AdminForm): Promise<void> {
  await followSteps('Báo đổi chính sách', {
    [ENTER]: () => form.enter(),
    'Chọn **Chính sách**, rồi chọn chính sách cần đổi.': () =>
      form.choose('Chính sách', 'Giữ kín thông tin của khách'),
    'Sửa lời trong ô **Nội dung**.': () =>
      form.change('Nội dung', (text) => `${text}\n\nLời thêm vào cuối chính sách.`),
    'Ghi **Bản này đổi gì**: một hai câu, hiện ở cuối chính sách, trong mục "Về bản này".': () =>
      form.fill('Bản này đổi gì', 'Thêm một câu ở cuối.'),
    [SAVE]: () => form.save('chinh-sach'),
  });
}

/** The editor of the checkout: its topics and services are the sample's. */
async function lendConfig(page: Page): Promise<void> {
  const print = `process.stdout.write((await readAdminFile('.', 'config.json')).body)`;
  const script = `import { readAdminFile } from './scripts/admin/files.ts'; ${print}`;
  const { stdout } = runInCheckout(checkout.folder, '--input-type=module', '--eval', script);
  const answer = { contentType: 'application/json', body: stdout };
  await page.route('**/admin/config.json', (route) => route.fulfill(answer));
}

function git(...args: string[]): string {
  const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.invalid'];
  return spawnSync('git', [...author, ...args], { cwd: checkout.folder, encoding: 'utf8' }).stdout;
}

function changedLines(): Record<string, string> {
  git('add', '--intent-to-add', 'content');
  const lines = git('diff', '--numstat').trim().split('\n');
  return Object.fromEntries(
    lines.map((line) => {
      const [added, gone, file = ''] = line.split('\t');
      return [file, `${added} ${gone}`];
    }),
  );
}

/** A photo as a phone takes it: large, and with the place where it was taken. */
async function takePhoto(name: string, background: string): Promise<string> {
  const file = path.join(checkout.folder, name);
  await sharp({ create: { width: 3000, height: 2000, channels: 3, background } })
    .jpeg()
    .withExif({ IFD3: { ...PLACE, GPSLongitudeRef: 'E', GPSLongitude: '105/1 40/1 0/1' } })
    .toFile(file);
  return file;
}

async function expectSmallPhoto(file: string): Promise<void> {
  const { width, format, exif } = await sharp(path.join(checkout.folder, file)).metadata();
  expect({ width, format, exif }).toEqual({ width: 2000, format: 'webp', exif: undefined });
}

function buildSite(): void {
  const check = runInCheckout(checkout.folder, 'scripts/content.ts', 'check');
  expect(check.stdout).toBe('Nội dung: 0 lỗi.\n');
  const { status, stderr } = buildCheckout(checkout.folder);
  expect([status, stderr]).toEqual([0, '']);
}

/** Opens the built pages as they lie in the checkout's folder: nothing of them is filled in by the Worker. */
async function expectOnTheSite(page: Page): Promise<void> {
  const url = 'http://built.invalid';
  await page.route(`${url}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const name = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const file = path.join(checkout.folder, 'dist', name);
    await route.fulfill(existsSync(file) ? { path: file } : { status: 404 });
  });
  await page.goto(`${url}/tin-tuc/giat-tham-phong-khach/`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Giặt thảm phòng khách');
  await expectLoaded(page, 'Tấm thảm phòng khách đang được hút bụi.');
  await page.goto(`${url}/album/`);
  await expectLoaded(page, 'Ghế sofa xám sau khi giặt.');
  await page.goto(`${url}/bang-gia/`);
  await expect(page.getByText('350.000')).toBeVisible();
  await page.goto(`${url}/chinh-sach/bao-mat-thong-tin/`);
  await expect(page.getByText('bản nháp chưa công bố')).toBeVisible();
}

async function expectLoaded(page: Page, alt: string): Promise<void> {
  const picture = page.getByRole('img', { name: alt });
  await picture.scrollIntoViewIfNeeded();
  await expect
    .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0);
}
