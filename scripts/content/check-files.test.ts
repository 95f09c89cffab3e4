import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkContent } from './check.ts';
import { fixContent } from './fix.ts';
import type { Problem } from './problem.ts';
import {
  ARTICLE,
  PLAIN,
  append,
  edit,
  line,
  useSample,
  writePhoto,
} from '../../tests/another-business/sample-copies.ts';

const SERVICE = 'content/services/sua-dien.mdx';
const now = new Date('2026-12-01T02:00:00Z');
const { sample, copyContent } = useSample();

describe('checkContent, old addresses', () => {
  test.each([
    ['/bai-cu.html /tin-tuc/ 301', null],
    ['# ghi chú\n\n/cu.html  /dat-lich/?service=sua-dien  301', null],
    ['/cu / 301\n/cu/ / 301', null],
    ['/cu / 301', 'Thêm một dòng cho "/cu/"'],
    ['/bai-cu /tin-tuc/', 'Mỗi dòng ghi địa chỉ cũ, địa chỉ mới, 301'],
    ['/bai-cu https://example.org/ 301', 'Mỗi dòng ghi địa chỉ cũ, địa chỉ mới, 301'],
    ['/* / 301', 'Mỗi dòng ghi địa chỉ cũ, địa chỉ mới, 301'],
    ['/bai-cu /khong-co/ 301', 'Không có trang "/khong-co/"'],
    ['/album /video/ 301', 'Trang "/album" đang có'],
    ['/cu.html / 301\n/cu.html /album/ 301', 'Địa chỉ cũ "/cu.html" ghi hai lần'],
  ])('%s is named as: %s', async (text, says) => {
    const root = copyContent();
    writeFileSync(path.join(root, 'content/_redirects'), `${text}\n`);
    const file = 'content/_redirects';
    const expected =
      says === null ? [] : [{ file, message: expect.stringContaining(says) as string }];
    expect(await checkContent(root, now)).toMatchObject(expected);
  });

  test('one that leads to a draft is named', async () => {
    const root = copyContent();
    edit(root, ARTICLE, line(/^draft: false$/m, 'draft: true'));
    writeFileSync(path.join(root, 'content/_redirects'), '/cu.html /tin-tuc/o-cam-nong/ 301\n');
    expect(await checkContent(root, now)).toMatchObject([{ file: 'content/_redirects' }]);
  });
});

describe('checkContent, names', () => {
  const COMPANY = 'content/company.json';

  test('lets the company, its people and its places be called what they are called', async () => {
    const root = copyContent();
    const names: [RegExp, string][] = [
      [/"name": "Hộ[^"]*"/, '"name": "Công ty Điện Đệ Nhất"'],
      [/"name": "Chú[^"]*"/, '"name": "Chị Nhất"'],
      [/"street": "[^"]*"/, '"street": "Số 1 đường Quang Trung"'],
      [/"representative": ""/, '"representative": "Trần Thị Nhất"'],
      [/"bankAccount": ""/, '"bankAccount": "0123 456, Lê Văn Nhất"'],
    ];
    for (const [was, is] of names) edit(root, COMPANY, line(was, is));
    expect(await checkContent(root, now)).toEqual([]);
    edit(root, COMPANY, line(/"tagline": "/, '"tagline": "Thợ số 1. '));
    expect(await checkContent(root, now)).toMatchObject([{ field: 'tagline' }]);
  });
});

describe('checkContent, wrangler.toml', () => {
  const set = (name: string, value: string) =>
    line(new RegExp(`^${name} = .*$`, 'm'), `${name} = ${value}`);

  test.each([
    ['PUBLIC_ORIGIN', '"https://vesinh.vn/"', 'không có dấu / ở cuối'],
    ['PUBLIC_ORIGIN', '"http://vesinh.vn"', 'bắt đầu bằng https://'],
    ['DISPATCH_URL', '"http://dieuphoi.vn/jobs"', 'bắt đầu bằng https://'],
    ['FLOOD_LIMIT', '"nhiều"', 'Ghi một số nguyên'],
    ['allowed_sender_addresses', '["khac@example.org"]', 'Ghi đúng địa chỉ SENDER_ADDRESS'],
    ['allowed_destination_addresses', '["khac@example.org"]', 'Ghi đúng hai địa chỉ'],
  ])('%s = %s is named', async (field, value, says) => {
    const root = copyContent();
    edit(root, 'wrangler.toml', set(field, value));
    const message = expect.stringContaining(says) as string;
    expect(await checkContent(root, now)).toMatchObject([
      { file: 'wrangler.toml', field, message },
    ]);
  });

  test('an address that stands in one place only is named in the other', async () => {
    const root = copyContent();
    edit(root, 'wrangler.toml', set('STAFF_ADDRESS', '"viec@example.org"'));
    const field = 'allowed_destination_addresses';
    expect(await checkContent(root, now)).toMatchObject([{ field }]);
  });
});

describe('checkContent, links between articles', () => {
  const LINK = append('Xem [bài kia](/tin-tuc/o-cam-nong/).');

  test.each([
    ['draft: true', '', 'còn là bản nháp'],
    ['draft: false\npublishAt: 2026-12-02T08:00', '', 'đến giờ publishAt mới có trang'],
    ['draft: false\nexpireAt: 2026-12-31', '', 'có giờ gỡ (expireAt)'],
    ['draft: false\nexpireAt: 2026-12-31', 'expireAt: 2027-01-01', 'có giờ gỡ (expireAt)'],
    ['draft: false\npublishAt: 2026-12-01T08:00', '', null],
    ['draft: false\npublishAt: 2026-12-02T08:00', 'publishAt: 2026-12-02T08:00', null],
    ['draft: false\nexpireAt: 2026-12-31', 'expireAt: 2026-12-31', null],
  ])('a link to "%s" from "%s" is named as: %s', async (there, here, says) => {
    const root = copyContent();
    edit(root, ARTICLE, line(/^draft: false$/m, there));
    edit(root, PLAIN, (text) =>
      LINK(text).replace('draft: false', `draft: false\n${here}`).replace('\n\n---', '\n---'),
    );
    const expected =
      says === null ? [] : [{ file: PLAIN, message: expect.stringContaining(says) as string }];
    expect(await checkContent(root, now)).toMatchObject(expected);
  });

  test('lets a link have a sign that stands for nothing in it', async () => {
    const root = copyContent();
    edit(root, PLAIN, append('Xem [nơi khác](https://example.com/100%).'));
    expect(await checkContent(root, now)).toEqual([]);
    edit(root, PLAIN, append('Xem [trang](#100%), ![ghế sofa](ghe%.jpg).'));
    expect(await checkContent(root, now)).toHaveLength(2);
  });

  test('lets a draft link to a draft', async () => {
    const root = copyContent();
    edit(root, ARTICLE, line(/^draft: false$/m, 'draft: true'));
    edit(root, PLAIN, (text) => LINK(text).replace('draft: false', 'draft: true'));
    expect(await checkContent(root, now)).toEqual([]);
  });
});

const files: {
  mistake: string;
  add: (root: string) => Promise<void>;
  expected: Partial<Problem>;
}[] = [
  {
    mistake: 'an iPhone picture',
    add: async (root) => writeFileSync(path.join(root, 'content/sofa.heic'), 'x'),
    expected: { file: 'content/sofa.heic', message: expect.stringContaining('.jpg') as string },
  },
  ...['jpg', 'png', 'webp'].map((ending) => ({
    mistake: `a .${ending} that says where it was taken`,
    add: (root: string) => writePhoto(root, `photos/sofa.${ending}`, { width: 800, gps: true }),
    expected: {
      file: `content/photos/sofa.${ending}`,
      message: expect.stringContaining('GPS') as string,
    },
  })),
  {
    mistake: 'a picture that is too large',
    add: (root) => writePhoto(root, 'photos/sofa.jpg', { width: 4000 }),
    expected: {
      file: 'content/photos/sofa.jpg',
      message: expect.stringContaining('lớn quá') as string,
    },
  },
  {
    mistake: 'a photo that is named with its folder',
    add: async (root) => {
      await writePhoto(root, 'photos/o-cam.jpg', { width: 800 });
      const photo = 'photo:\n  file: /content/photos/o-cam.jpg\n  alt: Ổ cắm trên tường trắng.';
      edit(root, ARTICLE, (text) => text.replace(/^drawing: .*$/m, photo));
    },
    expected: {
      field: 'photo.file',
      message: 'Chỉ ghi tên tệp, không ghi thư mục: "o-cam.jpg".',
    },
  },
  {
    mistake: 'a link to a service that is a draft',
    add: async (root) => {
      edit(root, ARTICLE, append('Xem [quạt trần](/dich-vu/lap-quat-tran/).'));
      edit(root, 'content/services.json', (text) =>
        text.replace(/("id": "lap-quat-tran"[\s\S]*?"draft": )false/, '$1true'),
      );
    },
    expected: { file: ARTICLE, message: expect.stringContaining('còn là bản nháp') as string },
  },
  {
    mistake: 'a price in the spoken words of a film',
    add: async (root) =>
      writeFileSync(
        path.join(root, 'content/video/phim.vtt'),
        'WEBVTT\n\n00:00.000 --> 00:03.000\nGiá 350.000 một bộ.\n',
      ),
    expected: { line: 4, message: expect.stringContaining('Không gõ giá') as string },
  },
  {
    mistake: 'a superlative in the spoken words of a film',
    add: async (root) =>
      writeFileSync(
        path.join(root, 'content/video/phim.vtt'),
        'WEBVTT\n\n00:00.000 --> 00:03.000\nSạch nhất ở đây.\n',
      ),
    expected: { line: 4, message: expect.stringContaining('Bỏ "Sạch nhất"') as string },
  },
  {
    mistake: 'a drawing that nobody uses',
    add: async (root) =>
      writeFileSync(path.join(root, 'content/drawings/khong-ai-dung.svg'), '<svg></svg>'),
    expected: { message: expect.stringContaining('Không bài nào dùng hình này') as string },
  },
  {
    mistake: 'a file name that can be no address',
    add: async (root) =>
      cpSync(path.join(root, PLAIN), path.join(root, 'content/news/Tạp vụ mới.md')),
    expected: { message: expect.stringContaining('đổi thành "tap-vu-moi.md"') as string },
  },
  {
    mistake: 'a service page without its service',
    add: async (root) =>
      cpSync(path.join(root, SERVICE), path.join(root, 'content/services/giat-tham.mdx')),
    expected: { message: expect.stringContaining('Không có dịch vụ "giat-tham"') as string },
  },
  {
    mistake: 'prose in a folder of no collection',
    add: async (root) => cpSync(path.join(root, PLAIN), path.join(root, 'content/bai.md')),
    expected: { message: expect.stringContaining('Tệp nằm sai chỗ') as string },
  },
  ...[
    ['content/news/bai.mdx.txt', 'đổi thành "bai.mdx"'],
    ['content/news/bai.txt', 'đổi thành "bai.mdx"'],
    ['content/news/bai.markdown', 'đổi thành "bai.mdx"'],
    ['content/news/bai.MDX', 'đổi thành "bai.mdx"'],
    ['content/news/bai.docx', 'Không có trang nào đọc tệp này'],
    ['content/ghi-chu.txt', 'Không có trang nào đọc tệp này'],
    ['content/services.json.bak', 'Không có trang nào đọc tệp này'],
    ['content/video/phim.mov', 'Không có trang nào đọc tệp này'],
    ['content/drawings/hinh.txt', 'Không có trang nào đọc tệp này'],
  ].map(([file = '', says = '']) => ({
    mistake: `a file that nobody reads: ${file}`,
    add: async (root: string) => writeFileSync(path.join(root, file), 'x'),
    expected: { file, message: expect.stringContaining(says) as string },
  })),
  {
    mistake: 'an AVIF that says where it was taken, in a body',
    add: async (root) => {
      await writePhoto(root, 'photos/sofa.avif', { width: 800, gps: true });
      edit(root, PLAIN, append('![Ghế sofa](../photos/sofa.avif)'));
    },
    expected: { message: expect.stringContaining('GPS') as string },
  },
  {
    mistake: 'a photo whose ending is in capitals',
    add: async (root) => {
      await writePhoto(root, 'photos/sofa.jpg', { width: 800 });
      renameSync(
        path.join(root, 'content/photos/sofa.jpg'),
        path.join(root, 'content/photos/SOFA.JPG'),
      );
    },
    expected: { message: expect.stringContaining('đổi thành "sofa.jpg"') as string },
  },
  {
    mistake: 'a picture in a folder where no page looks',
    add: async (root) => {
      await writePhoto(root, 'album/photos/sofa.jpg', { width: 800 });
    },
    expected: {
      file: 'content/album/photos/sofa.jpg',
      message: expect.stringContaining('chuyển ảnh vào content/photos') as string,
    },
  },
];

describe('checkContent, files', () => {
  test.each(files)('names $mistake', async ({ add, expected }) => {
    const root = copyContent();
    await add(root);
    const problems = (await checkContent(root, now)).filter(
      ({ message }) => !message.startsWith('Trùng với'),
    );
    expect(problems).toMatchObject([expected]);
  });
});

describe('fixContent', () => {
  test('mends form and photos and nothing else', async () => {
    const root = copyContent();
    edit(root, PLAIN, (text) => text.replaceAll('\n', '\r\n').normalize('NFD'));
    const photos = ['jpg', 'png', 'webp'].map((ending) => `photos/sofa.${ending}`);
    for (const photo of photos) await writePhoto(root, photo, { width: 3000, gps: true });
    const changed = [PLAIN, ...photos.map((photo) => `content/${photo}`)];
    expect((await fixContent(root)).toSorted()).toEqual(changed.toSorted());
    expect(await checkContent(root, now)).toEqual([]);
    const before = readFileSync(path.join(sample(), PLAIN), 'utf8');
    expect(readFileSync(path.join(root, PLAIN), 'utf8')).toBe(before);
  });
});
