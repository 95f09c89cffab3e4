import { readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { toBytes } from '../../bytes.ts';
import { innerSvg, mirrorTile } from '../tile.ts';
import { colourHooks, roleColour, CARD } from './colours.ts';
import type { IndexedImage } from './palette-png.ts';
/** Height of the band of tiles at the lower edge; the rest is paper for the words. */
export const BAND_HEIGHT = 200;
const TILE = 100;
/** Height of the line over the tiles. */
const LINE = 5;
/** Colours that a picture may have: two pixels then fit into one byte. */
const COLOURS = 16;
/** Steps from paper to ink that soft edges of letters take. */
export const INK_STEPS = 8;

/** The lower edge of a picture, a band of a motif's tiles. Colours 0 to 7 go from paper to ink, so they suit the words above too. */
export async function drawBand(motif: string): Promise<IndexedImage> {
  const tile = readTile(motif);
  const [width, height] = [CARD.width, BAND_HEIGHT];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><style>${colourHooks()}</style>
<defs><pattern id="t" width="${TILE}" height="${TILE}" patternUnits="userSpaceOnUse"><g transform="scale(${TILE / 64})">${tile}</g></pattern></defs>
<path fill="${roleColour('paper')}" d="M0 0h${width}v${height}H0z"/><path fill="url(#t)" d="M0 0h${width}v${height}H0z"/>
<path fill="${roleColour('ink')}" d="M0 0h${width}v${LINE}H0z"/></svg>`;
  const raw = await sharp(toBytes(svg)).removeAlpha().raw().toBuffer();
  return { width, height, ...toIndexed(raw) };
}

/** A whole tile of a motif, 64 units square, read from content/motifs. */
export function readTile(motif: string): string {
  return mirrorTile(innerSvg(readFileSync(path.resolve(`content/motifs/${motif}.svg`), 'utf8')));
}

function toIndexed(raw: Uint8Array): Pick<IndexedImage, 'pixels' | 'palette'> {
  const counts = new Map<number, number>();
  const colours = new Uint32Array(raw.length / 3);
  for (let index = 0; index < colours.length; index += 1) {
    const at = index * 3;
    const colour = (raw[at] ?? 0) * 65_536 + (raw[at + 1] ?? 0) * 256 + (raw[at + 2] ?? 0);
    colours[index] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const frequent = [...counts].toSorted((a, b) => b[1] - a[1]).map(([colour]) => colour);
  const palette = [...new Set([...inkSteps(), ...frequent])].slice(0, COLOURS);
  const numbers = new Map(frequent.map((colour) => [colour, nearest(colour, palette)]));
  const pixels = Uint8Array.from(colours, (colour) => numbers.get(colour) ?? 0);
  return { pixels, palette };
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
  const far = (other: number) =>
    (((colour >> 16) & 255) - ((other >> 16) & 255)) ** 2 +
    (((colour >> 8) & 255) - ((other >> 8) & 255)) ** 2 +
    ((colour & 255) - (other & 255)) ** 2;
  const distances = palette.map(far);
  return distances.indexOf(Math.min(...distances));
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}
