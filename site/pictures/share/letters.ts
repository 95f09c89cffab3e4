import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype, { type Font } from 'opentype.js';

const require = createRequire(import.meta.url);
const UNITS_PER_EM = 1000;

const file = readFileSync(
  require.resolve('@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf'),
);
const font: Font = opentype.parse(
  file.buffer.slice(file.byteOffset, file.byteOffset + file.length),
);

/** Where a line of text begins, on its base line, and the size of its letters; all in pixels. */
export interface Pen {
  x: number;
  y: number;
  size: number;
}

/** How wide a text is at a size, in pixels; without kerning. */
export function measure(text: string, size: number): number {
  return Array.from(text).reduce((sum, character) => sum + advanceOf(character, size), 0);
}

/** The outlines of a text as the `d` of an SVG path, so that every machine draws the same letters. */
export function outline(text: string, { x, y, size }: Pen): string {
  let left = x;
  let path = '';
  for (const character of text) {
    // Whole pixels: for some fractions opentype.js writes NaN, as for "y" at x = 172.89000000000004.
    path += font.charToGlyph(character).getPath(Math.round(left), y, size).toPathData(2);
    left += advanceOf(character, size);
  }
  return path;
}

function advanceOf(character: string, size: number): number {
  return ((font.charToGlyph(character).advanceWidth ?? 0) / UNITS_PER_EM) * size;
}
