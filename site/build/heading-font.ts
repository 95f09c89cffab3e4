import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import subsetFont from 'subset-font';

const SOURCE = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf',
);
const toText = (codes: readonly number[]) => String.fromCodePoint(...codes);
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** What headings are written with: printable ASCII, every Vietnamese letter, and a few signs. */
const HEADING_CHARACTERS = [
  toText(range(0x20, 0x7e)),
  'ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư',
  toText(range(0x1ea0, 0x1ef9)),
  '\u00a0–“”’…·×₫²',
].join('');

const FILE = path.resolve(
  `.cache/fonts/be-vietnam-pro-700-${hash('sha256', HEADING_CHARACTERS).slice(0, 12)}.woff2`,
);

/** The path of the heading typeface with these characters only, made where it is not there yet. */
export async function makeHeadingFont(): Promise<string> {
  if (existsSync(FILE)) return FILE;
  const font = await subsetFont(readFileSync(SOURCE), HEADING_CHARACTERS, {
    targetFormat: 'woff2',
    keepFeatures: ['kern'],
    noHinting: true,
  });
  mkdirSync(path.dirname(FILE), { recursive: true });
  writeFileSync(FILE, font);
  return FILE;
}
