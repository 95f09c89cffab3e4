import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../scripts/tools/environment.mjs';

/** What the content check reads beside content/. */
const BESIDE = ['site/pages', 'wrangler.toml'];
/** What `npm run content` runs from. */
const COMMAND = ['scripts', 'shared', 'worker', 'package.json'];

/** Puts content that stands still, whatever the owner writes, into a folder. */
export function copySample(root: string): void {
  copyParts(root, BESIDE);
  cpSync(path.join(import.meta.dirname, 'content'), path.join(root, 'content'), {
    recursive: true,
  });
}

/** The same with `npm run content` beside it, which then reads these facts and no others. */
export function copySampleWithCommand(root: string): void {
  copySample(root);
  copyParts(root, COMMAND);
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'));
}

function copyParts(root: string, parts: readonly string[]): void {
  mkdirSync(root, { recursive: true });
  for (const part of parts) {
    cpSync(path.join(ROOT, part), path.join(root, part), { recursive: true });
  }
}
