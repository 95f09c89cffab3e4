import { writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { ROOT } from '../../scripts/tools/environment.mjs';

/** Pixels across: a phone's screen, sharp enough to read. */
const WIDTH = 540;

/** Takes a picture for content/README.md when README_PICTURES is set: those in docs/images are of that run. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (!process.env['README_PICTURES']) return;
  await page.getByText('Đã lưu bài viết.').waitFor({ state: 'hidden' });
  const file = path.join(ROOT, 'docs/images', `sua-noi-dung-${name}.webp`);
  const picture = await page.screenshot({ animations: 'disabled' });
  writeFileSync(file, await sharp(picture).resize({ width: WIDTH }).webp().toBuffer());
}
