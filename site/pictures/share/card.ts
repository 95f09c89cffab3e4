import sharp from 'sharp';
import { colourHooks, roleColour } from '../colours.ts';
import { readTile } from '../tile.ts';
import type { ShareCard } from './address.ts';
import { baseLine, fitTitle, TITLE_ROOM } from './fit-title.ts';
import { outline } from './letters.ts';

/** The size that the networks ask for. */
const WIDTH = 1200;
const HEIGHT = 630;
const MARGIN = (WIDTH - TITLE_ROOM.width) / 2;
const TITLE_TOP = 36;
const NAME = { x: MARGIN, y: 384, size: 30 };
/** The tiles begin here, under a line. */
const BAND_TOP = 430;
const LINE_HEIGHT = 5;
const TILE = 100;

/** A page's picture for sharing as PNG: its title over the company's name, over a band of tiles. */
export async function drawCard(card: ShareCard): Promise<Uint8Array> {
  // Soft edges by dithering look speckled and double the weight.
  const png = { palette: true, colours: 16, dither: 0, effort: 1 };
  return sharp(new TextEncoder().encode(cardSvg(card)))
    .png(png)
    .toBuffer();
}

function cardSvg({ title, motif, name }: ShareCard): string {
  const { size, lines } = fitTitle(title);
  const words = lines
    .map((line, at) => outline(line, { x: MARGIN, y: TITLE_TOP + baseLine(size, at), size }))
    .join('');
  const rect = (top: number, height: number) => `M0 ${top}h${WIDTH}v${height}H0z`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><style>${colourHooks()}</style>
<pattern id="tile" y="${BAND_TOP}" width="${TILE}" height="${TILE}" patternUnits="userSpaceOnUse"><g transform="scale(${TILE / 64})">${readTile(motif)}</g></pattern>
<path fill="${roleColour('paper')}" d="${rect(0, HEIGHT)}"/><path fill="url(#tile)" d="${rect(BAND_TOP, HEIGHT - BAND_TOP)}"/>
<path fill="${roleColour('ink')}" d="${rect(BAND_TOP, LINE_HEIGHT)}${outline(name, NAME)}${words}"/></svg>`;
}
