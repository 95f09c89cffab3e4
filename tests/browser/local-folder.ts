import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';

/** The content of a checkout, file by file in base64. */
type Files = Record<string, string>;

/**
 * Gives the browser a copy of a checkout's content as the folder that its directory picker returns, since no test can
 * press the picker of the system. `.git` is what the editor knows a repository by.
 */
export async function lendFolder(page: Page, checkout: string): Promise<void> {
  await page.addInitScript(() => {
    const pick = async () => (await navigator.storage.getDirectory()).getDirectoryHandle('repo');
    Object.assign(window, { showDirectoryPicker: pick });
  });
  await page.goto('/robots.txt');
  await page.evaluate(async (files) => {
    const top = await navigator.storage.getDirectory();
    const repo = await top.getDirectoryHandle('repo', { create: true });
    await repo.getDirectoryHandle('.git', { create: true });
    for (const [name, text] of Object.entries(files)) {
      const folders = name.split('/');
      const last = folders.pop() ?? '';
      let folder = repo;
      for (const part of folders) folder = await folder.getDirectoryHandle(part, { create: true });
      const file = await (await folder.getFileHandle(last, { create: true })).createWritable();
      await file.write(Uint8Array.from(atob(text), (sign: string) => sign.charCodeAt(0)));
      await file.close();
    }
  }, readContent(checkout));
}

/** Writes what the browser's folder holds back into the checkout. */
export async function takeFolderBack(page: Page, checkout: string): Promise<void> {
  const files: Files = await page.evaluate(async () => {
    const found: Record<string, string> = {};
    const walk = async (folder: FileSystemDirectoryHandle, before: string): Promise<void> => {
      for await (const [name, handle] of folder.entries()) {
        if (name === '.git') continue;
        if (handle instanceof FileSystemDirectoryHandle) await walk(handle, `${before}${name}/`);
        else if (handle instanceof FileSystemFileHandle) {
          const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
          const signs = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
          found[`${before}${name}`] = btoa(signs);
        }
      }
    };
    await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle('repo'), '');
    return found;
  });
  for (const [name, text] of Object.entries(files)) {
    const target = path.join(checkout, name);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text, 'base64');
  }
}

function readContent(checkout: string): Files {
  const names = readdirSync(path.join(checkout, 'content'), { recursive: true, encoding: 'utf8' });
  const files = names.map((name) => `content/${name.split(path.sep).join('/')}`);
  return Object.fromEntries(
    files
      .filter((file) => statSync(path.join(checkout, file)).isFile())
      .map((file) => [file, readFileSync(path.join(checkout, file)).toString('base64')]),
  );
}
