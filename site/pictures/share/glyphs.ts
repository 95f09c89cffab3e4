import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype, { type Font } from 'opentype.js';
import sharp from 'sharp';
import { toBytes } from '../../bytes.ts';
import { INK_STEPS } from './backdrop.ts';
import type { Stamp } from './packed-rows.ts';

const require = createRequire(import.meta.url);
const UNITS = 1000;

/** The shape of one character at one size. */
export interface Glyph {
  /** From the pen, which stands on the base line. */
  left: number;
  top: number;
  /** Its pixels as steps from paper to ink, beginning at an even and at an odd column. */
  stamps: readonly [Stamp, Stamp];
}

/** A typeface drawn at one size, with all the characters that will be asked for. */
export interface Face {
  glyphs: ReadonlyMap<string, Glyph>;
  /** How far a character moves the pen; a narrower pair is not looked for. */
  advance: (character: string) => number;
}

// The package cuts the typeface into files by script; a character is in the first one that draws it.
const fonts: readonly Font[] = ['latin', 'vietnamese', 'latin-ext'].map((script) => {
  const file = readFileSync(
    require.resolve(`@fontsource/be-vietnam-pro/files/be-vietnam-pro-${script}-700-normal.woff`),
  );
  return opentype.parse(file.buffer.slice(file.byteOffset, file.byteOffset + file.length));
});

/** How wide a text is at a size, in pixels. */
export function measure(text: string, size: number): number {
  return Array.from(text).reduce((sum, character) => sum + advanceOf(character, size), 0);
}

/** Draws characters at a size, each by itself, so that it looks the same whatever others are drawn. */
export async function drawFace(characters: Iterable<string>, size: number): Promise<Face> {
  const list = [...new Set(characters)].filter((character) => character !== ' ');
  const glyphs = list.map(
    async (character) => [character, await drawGlyph(character, size)] as const,
  );
  return {
    glyphs: new Map(await Promise.all(glyphs)),
    advance: (character) => advanceOf(character, size),
  };
}

async function drawGlyph(character: string, size: number): Promise<Glyph> {
  const sheet = { width: Math.ceil(size * 1.5), height: Math.ceil(size * 1.7) };
  const pen = { x: Math.ceil(size * 0.2), y: Math.ceil(size * 1.25) };
  const shape = fontOf(character).charToGlyph(character).getPath(pen.x, pen.y, size).toPathData(2);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${sheet.width}" height="${sheet.height}"><path fill="#fff" d="${shape}"/></svg>`;
  const raw = await sharp(toBytes(svg)).extractChannel('alpha').raw().toBuffer();
  return cutGlyph({ raw, ...sheet }, pen);
}

/** The drawn part of a sheet. */
function cutGlyph(
  sheet: { raw: Uint8Array; width: number; height: number },
  pen: { x: number; y: number },
): Glyph {
  const inkAt = (x: number, y: number) => sheet.raw[y * sheet.width + x] ?? 0;
  const columns = Array.from({ length: sheet.width }, (_, x) => x);
  const rows = Array.from({ length: sheet.height }, (_, y) => y);
  const drawnRows = rows.filter((y) => columns.some((x) => inkAt(x, y) > 0));
  const drawnColumns = columns.filter((x) => drawnRows.some((y) => inkAt(x, y) > 0));
  const [left = 0, top = 0] = [drawnColumns[0], drawnRows[0]];
  const box = {
    width: (drawnColumns.at(-1) ?? left - 1) - left + 1,
    height: (drawnRows.at(-1) ?? top - 1) - top + 1,
  };
  const stepAt = (x: number, y: number) => (inkAt(left + x, top + y) * (INK_STEPS - 1) + 127) >> 8;
  return {
    left: left - pen.x,
    top: top - pen.y,
    stamps: [makeStamp(box, 0, stepAt), makeStamp(box, 1, stepAt)],
  };
}

function makeStamp(
  box: { width: number; height: number },
  shift: 0 | 1,
  stepAt: (x: number, y: number) => number,
): Stamp {
  const width = Math.ceil((box.width + shift) / 2);
  const pairs = new Uint8Array(width * box.height);
  for (let index = 0; index < box.width * box.height; index += 1) {
    const [x, y] = [index % box.width, Math.floor(index / box.width)];
    const at = y * width + ((x + shift) >> 1);
    const step = stepAt(x, y);
    pairs[at] = (pairs[at] ?? 0) | ((x + shift) % 2 === 1 ? step : step << 4);
  }
  return { pairs, width };
}

function fontOf(character: string): Font {
  const font = fonts.find((candidate) => candidate.charToGlyphIndex(character) > 0) ?? fonts[0];
  if (font === undefined) throw new Error('The typeface has no file');
  return font;
}

const advances = new Map<string, number>();

function advanceOf(character: string, size: number): number {
  const known = advances.get(character);
  if (known !== undefined) return known * size;
  const advance = (fontOf(character).charToGlyph(character).advanceWidth ?? 0) / UNITS;
  advances.set(character, advance);
  return advance * size;
}
