import { type Locator, type Page, expect } from '@playwright/test';
import { takePicture } from './readme-pictures.ts';

/** The forms at /admin/ as a person uses them: by the words on the screen. */
export class AdminForm {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the editor and signs in to the lent folder. */
  async enter(): Promise<void> {
    await this.page.goto('/admin/#/collections');
    const local = this.page.getByText('Làm việc với kho mã nguồn cục bộ');
    const list = this.page.getByRole('treeitem', { name: 'Số liệu' });
    await local.or(list).first().waitFor();
    if (await local.isVisible()) {
      await takePicture(this.page, 'vao');
      await local.click();
    }
    await list.waitFor();
    await takePicture(this.page, 'muc');
  }

  /** Opens one row of one list. */
  async choose(list: string, row: string): Promise<void> {
    await this.page.getByRole('treeitem', { name: list, exact: true }).click();
    await this.page.getByRole('row', { name: row }).getByText(row).click();
    await this.page.getByRole('button', { name: 'Lưu', exact: true }).waitFor();
  }

  /** Opens an entry or a facts file by its address. */
  async open(list: string, name: string): Promise<void> {
    await this.page.goto(`/admin/#/collections/${list}/entries/${name}`);
    await this.page.getByRole('button', { name: 'Lưu', exact: true }).waitFor();
  }

  /** Begins a new entry of a list. */
  async create(list: string, one: string): Promise<void> {
    await this.page.getByRole('treeitem', { name: list, exact: true }).click();
    await this.page.getByRole('button', { name: `Tạo ${one} mới` }).click();
  }

  /** The part of a form that holds one field. */
  group(label: string): Locator {
    return this.page.getByRole('group', { name: `Trường “\u2068${label}\u2069”` });
  }

  /** Presses the button with these words. */
  async press(words: string, where: Page | Locator = this.page): Promise<void> {
    const spoken = new RegExp(`${words.replace(/^(Thêm) (.+)$/, '$1 \u2068?$2\u2069?')}`);
    await (await this.#reach(where.getByRole('button').filter({ hasText: spoken }).last())).click();
  }

  /** Adds the part of a form that is optional. */
  async tick(label: string): Promise<void> {
    await (await this.#reach(this.group(label).getByRole('checkbox'))).click();
  }

  /** Types into the last field of this name. */
  async fill(label: string, words: string, where: Page | Locator = this.page): Promise<void> {
    await (await this.#reach(this.#box(label, where))).fill(words);
  }

  /** Changes what a field holds. */
  async change(label: string, to: (before: string) => string): Promise<void> {
    const box = await this.#reach(this.#box(label, this.page));
    await expect(box).not.toHaveValue('');
    await box.fill(to(await box.inputValue()));
  }

  /** Unfolds the row of a list that shows this name. */
  async unfold(name: string): Promise<void> {
    const shown = this.page.getByText(name, { exact: true });
    const row = await this.#reach(this.page.getByRole('group').filter({ has: shown }).last());
    await row.getByRole('button', { name: 'Mở rộng' }).click();
  }

  /** Unfolds a part of a form that has fields of its own. */
  async unfoldPart(label: string): Promise<void> {
    const part = this.group(label).getByRole('button', { name: 'Mở rộng' });
    await (await this.#reach(part)).click();
  }

  /** Takes a photo from this machine into a field. */
  async addPhoto(label: string, photo: string): Promise<void> {
    const field = this.group(label).last();
    const dialog = this.page.getByRole('dialog', { name: 'Chọn ảnh' });
    const upload = dialog.getByRole('button', { name: 'Tải lên' });
    // The form redraws a field that was just added: on a busy machine the first press can meet a button that goes.
    await expect(async () => {
      if (!(await dialog.isVisible())) await this.press('Duyệt tệp', field);
      await expect(upload).toBeVisible({ timeout: 3000 });
    }).toPass({ timeout: 30_000 });
    const chooser = this.page.waitForEvent('filechooser');
    await upload.click();
    await (await chooser).setFiles(photo);
    // The browser resizes the photo first, which takes its time on a busy machine.
    await dialog
      .getByRole('option', { name: /^anh-/, selected: true })
      .waitFor({ timeout: 60_000 });
    await this.press('Chèn', dialog);
    await expect(field.getByRole('textbox')).not.toBeEmpty();
  }

  /** Saves and waits until the list is back; `picture` is its name in docs/images. */
  async save(picture?: string): Promise<void> {
    if (picture) await takePicture(this.page, picture);
    await this.page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await expect(this.page).not.toHaveURL(/\/(?:entries\/|new$)/);
  }

  #box(label: string, where: Page | Locator): Locator {
    return where
      .getByLabel(label, { exact: true })
      .and(this.page.locator('input, textarea'))
      .last();
  }

  /** Forms render what is far below only when one scrolls there, and take away what was passed. */
  async #reach(target: Locator): Promise<Locator> {
    let turns = 0;
    await expect(async () => {
      if ((await target.count()) === 0) {
        await this.page.mouse.wheel(0, turns % 20 < 10 ? 500 : -500);
        turns += 1;
      }
      await expect(target).toBeVisible({ timeout: 200 });
    }).toPass({ timeout: 30_000 });
    return target;
  }
}

/** What must not happen while people write: an answer from another host, an error, a doubt about the config. */
export function watchTroubles(page: Page): string[] {
  const troubles: string[] = [];
  page.on('response', (response) => {
    const { host, protocol } = new URL(response.url());
    if (protocol === 'http:' && host.startsWith('127.0.0.1:')) return;
    if (protocol !== 'blob:' && protocol !== 'data:') troubles.push(response.url());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    const isDoubt = message.type() === 'warning' && message.text().includes('configuration');
    if (isDoubt) troubles.push(message.text());
  });
  return troubles;
}
