import { writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { joinBytes, toBytes } from '../bytes.ts';
import { readTile } from '../pictures/share/backdrop.ts';
import { colourHooks, roleColour } from '../pictures/share/colours.ts';

const APPLE_SIZE = 180;
const ICO_SIZE = 32;

/** Draws the site's icons from the company's tile: SVG, PNG for home screens, ICO for those who ask for nothing else. */
export async function makeIcons(dir: URL, motif: string): Promise<void> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><style>${colourHooks()}</style><path fill="${roleColour('paper')}" d="M0 0h64v64H0z"/>${readTile(motif)}</svg>`;
  const png = (size: number) =>
    sharp(toBytes(svg), { density: 72 * (size / 16) })
      .resize(size, size)
      .png({ palette: true })
      .toBuffer();
  writeFileSync(new URL('favicon.svg', dir), svg);
  writeFileSync(new URL('apple-touch-icon.png', dir), await png(APPLE_SIZE));
  writeFileSync(new URL('favicon.ico', dir), toIco(await png(ICO_SIZE)));
}

/** An icon file that holds one PNG. */
function toIco(png: Uint8Array): Uint8Array {
  const head = new DataView(new ArrayBuffer(22));
  const littleEndian = true;
  head.setUint16(2, 1, littleEndian);
  head.setUint16(4, 1, littleEndian);
  head.setUint8(6, ICO_SIZE);
  head.setUint8(7, ICO_SIZE);
  head.setUint16(10, 1, littleEndian);
  head.setUint16(12, 32, littleEndian);
  head.setUint32(14, png.length, littleEndian);
  head.setUint32(18, head.byteLength, littleEndian);
  return joinBytes(new Uint8Array(head.buffer), png);
}
