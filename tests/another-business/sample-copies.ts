import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect } from 'vitest';
import { copySample } from './sample.ts';
import { fixContent } from '../../scripts/content/fix.ts';

/** An article of the sample that uses components and a drawing. */
export const ARTICLE = 'content/news/o-cam-nong.mdx';
/** An article of the sample in plain Markdown. */
export const PLAIN = 'content/news/den-may-do-sang.md';

/** Copies the sample into a folder for the tests of one file. `copyContent` makes a further copy that a test may change. */
export function useSample(): { sample: () => string; copyContent: () => string } {
  let folder = '';
  const sample = () => path.join(folder, 'sample');
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'content-'));
    copySample(sample());
    await fixContent(sample());
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const copyContent = () => {
    const root = mkdtempSync(path.join(folder, 'copy-'));
    cpSync(sample(), root, { recursive: true });
    return root;
  };
  return { sample, copyContent };
}

/** Changes a file of a copy; fails when the text stays the same. */
export function edit(root: string, file: string, change: (text: string) => string): void {
  const target = path.join(root, file);
  const text = readFileSync(target, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  writeFileSync(target, changed);
}

/** A change that replaces what matches a pattern. */
export const line = (pattern: RegExp, fresh: string) => (text: string) =>
  text.replace(pattern, fresh);
/** A change that adds a line at the end. */
export const append = (words: string) => (text: string) => `${text}\n${words}\n`;

const LOCATION = {
  GPSLatitudeRef: 'N',
  GPSLatitude: '18/1 40/1 0/1',
  GPSLongitudeRef: 'E',
  GPSLongitude: '105/1 40/1 0/1',
};

/** Writes a photo in the format of its ending, with or without the location where it was taken. */
export async function writePhoto(
  root: string,
  name: string,
  { width, gps = false }: { width: number; gps?: boolean },
): Promise<void> {
  const file = path.join(root, 'content', name);
  mkdirSync(path.dirname(file), { recursive: true });
  const photo = sharp({ create: { width, height: 20, channels: 3, background: '#88a' } });
  await (gps ? photo.withExif({ IFD3: LOCATION }) : photo).toFile(file);
}
