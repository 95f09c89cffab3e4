import { readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { toBytes } from '../bytes.ts';
import { innerSvg, mirrorTile } from '../tile.ts';
import { colourHooks, roleColour } from './colours.ts';
import type { IndexedImage } from './palette-png.ts';

/** Size of a picture for sharing, as the networks ask for it. */
export const CARD = { width: 1200, height: 630 } as const;
/** Width of the tile field at the right edge; the rest is paper for the words. */
export const FIELD_WIDTH = 378;
const TILE = 126;
/** Steps from paper to ink that soft edges of letters take. */
export const INK_STEPS = 32;

/** The picture without its words: paper, and the field of a motif's tiles. Colours 0 to 31 go from paper to ink. */
export async function drawBackdrop(motif: string): Promise<IndexedImage> {
  const tile = readTile(motif);
  const { width, height } = CARD;
  const edge = width - FIELD_WIDTH;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><style>${colourHooks()}</style>
<defs><pattern id="t" x="${edge}" width="${TILE}" height="${TILE}" patternUnits="userSpaceOnUse"><g transform="scale(${TILE / 64})">${tile}</g></pattern></defs>
<path fill="${roleColour('paper')}" d="M0 0h${width}v${height}H0z"/><path fill="url(#t)" d="M${edge} 0h${FIELD_WIDTH}v${height}H${edge}z"/>
<path stroke="${roleColour('ink')}" stroke-width="6" d="M${edge} 0v${height}"/></svg>`;
  const raw = await sharp(toBytes(svg)).removeAlpha().raw().toBuffer();
  return toIndexed(raw);
}

/** A whole tile of a motif, 64 units square, read from content/motifs. */
export function readTile(motif: string): string {
  return mirrorTile(innerSvg(readFileSync(path.resolve(`content/motifs/${motif}.svg`), 'utf8')));
}

function toIndexed(raw: Uint8Array): IndexedImage {
  const counts = new Map<number, number>();
  const colours = Uint32Array.from({ length: raw.length / 3 }, (_, index) => {
    const [red = 0, green = 0, blue = 0] = raw.subarray(index * 3, index * 3 + 3);
    return red * 65_536 + green * 256 + blue;
  });
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const frequent = [...counts].toSorted((a, b) => b[1] - a[1]).map(([colour]) => colour);
  const palette = [...inkSteps(), ...frequent].slice(0, 256);
  const numbers = new Map(frequent.map((colour) => [colour, nearest(colour, palette)]));
  const pixels = Uint8Array.from(colours, (colour) => numbers.get(colour) ?? 0);
  return { ...CARD, pixels, palette };
}

function inkSteps(): number[] {
  const [from, to] = [channels(roleColour('paper')), channels(roleColour('ink'))];
  return Array.from({ length: INK_STEPS }, (_, step) =>
    from.reduce((colour, value, at) => {
      const mixed = value + (((to[at] ?? 0) - value) * step) / (INK_STEPS - 1);
      return colour * 256 + Math.round(mixed);
    }, 0),
  );
}

function nearest(colour: number, palette: readonly number[]): number {
  const distance = (other: number) =>
    [16, 8, 0].reduce(
      (sum, shift) => sum + (((colour >> shift) & 255) - ((other >> shift) & 255)) ** 2,
      0,
    );
  return palette.reduce(
    (best, other, index) => {
      const far = distance(other);
      return far < best.far ? { index, far } : best;
    },
    { index: 0, far: Infinity },
  ).index;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}
