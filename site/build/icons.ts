import { writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { colourHooks, roleColour } from '../pictures/colours.ts';
import { readTile } from '../pictures/tile.ts';

const APPLE_SIZE = 180;
const ICO_SIZE = 32;

/** Writes the site's icons, made from the company's tile: SVG, PNG for home screens, ICO for browsers that only ask for /favicon.ico. */
export async function makeIcons(dir: URL, motif: string): Promise<void> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><style>${colourHooks()}</style><path fill="${roleColour('paper')}" d="M0 0h64v64H0z"/>${readTile(motif)}</svg>`;
  const png = (size: number) =>
    sharp(new TextEncoder().encode(svg), { density: 72 * (size / 16) })
      .resize(size, size)
      .png({ palette: true })
      .toBuffer();
  writeFileSync(new URL('favicon.svg', dir), svg);
  writeFileSync(new URL('apple-touch-icon.png', dir), await png(APPLE_SIZE));
  writeFileSync(new URL('favicon.ico', dir), toIco(await png(ICO_SIZE)));
}

/** An icon file that holds one PNG. */
function toIco(png: Uint8Array): Uint8Array {
  const head = 22;
  const ico = new Uint8Array(head + png.length);
  const view = new DataView(ico.buffer);
  const littleEndian = true;
  view.setUint16(2, 1, littleEndian);
  view.setUint16(4, 1, littleEndian);
  view.setUint8(6, ICO_SIZE);
  view.setUint8(7, ICO_SIZE);
  view.setUint16(10, 1, littleEndian);
  view.setUint16(12, 32, littleEndian);
  view.setUint32(14, png.length, littleEndian);
  view.setUint32(18, head, littleEndian);
  ico.set(png, head);
  return ico;
}
