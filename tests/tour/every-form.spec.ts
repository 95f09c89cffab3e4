import { spawnSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { readContentFolder } from '../../scripts/content/folder.ts';
import { ROOT } from '../../scripts/tools/environment.mjs';
import { AdminForm } from '../browser/admin-form.ts';
import { lendFolder, takeFolderBack } from '../browser/local-folder.ts';
import { makeCheckout } from '../../scripts/tools/checkout.ts';

/** One field of each facts file; those in a row or a part that is folded name it too. */
const FACTS: Readonly<Record<string, { row?: string; part?: string; label: string }>> = {
  areas: { label: 'Ngày của bảng mã' },
  booking: { label: 'Đặt trước (giờ)' },
  company: { label: 'Dòng giới thiệu' },
  holidays: { row: 'Tết Dương lịch', label: 'Tên ngày nghỉ' },
  launch: { label: 'Nhánh' },
  pages: { part: 'Trang chủ', label: 'Câu mở đầu' },
  services: { row: 'Vệ sinh nhà ở', label: 'Giới thiệu' },
  topics: { row: 'Nhà ở', label: 'Tên chủ đề' },
};

/** The list that is empty as shipped: it has no field to change. */
const EMPTY = '/crews.json';

const other = (text: string) => `${text.slice(0, -1)}${text.endsWith('1') ? '2' : '1'}`;

test.use({ viewport: { width: 1280, height: 900 }, actionTimeout: 20_000 });

test('each form of /admin/ writes one changed field as one changed line', async ({ page }) => {
  const checkout = makeCheckout();
  const git = (...args: string[]) =>
    spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.invalid', ...args], {
      cwd: checkout.folder,
      encoding: 'utf8',
    }).stdout;
  git('init', '--quiet');
  git('add', 'content');
  git('commit', '--quiet', '--message', 'before');
  const { entries, facts } = readContentFolder(ROOT);
  const form = new AdminForm(page);
  await lendFolder(page, checkout.folder);
  await form.enter();
  for (const { collection, slug, file } of entries) {
    const list = file.endsWith('.md') ? `${collection.name}-md` : collection.name;
    await form.open(list, slug);
    await form.change('Tiêu đề', other);
    await form.save();
  }
  for (const [name, { row, part, label }] of Object.entries(FACTS)) {
    await form.open('facts', name);
    if (row) await form.unfold(row);
    if (part) await form.unfoldPart(part);
    await form.change(label, other);
    await form.save();
  }
  await takeFolderBack(page, checkout.folder);
  const changed = git('diff', '--numstat').trim().split('\n').toSorted();
  const wanted = [...entries, ...facts.filter(({ file }) => !file.endsWith(EMPTY))].map(
    ({ file }) => `1\t1\t${file}`,
  );
  expect(changed).toEqual(wanted.toSorted());
  checkout.remove();
});
