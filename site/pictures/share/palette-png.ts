import { crc32 } from 'node:zlib';
import { joinBytes, toBytes, toUint32 } from '../../bytes.ts';
import { adlerOf, type Band } from './packed-rows.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const FOUR_BITS = 4;
const INDEXED = 3;
/** How a zlib stream begins that was packed fast. */
const ZLIB = Uint8Array.of(0x78, 0x01);

/** A picture whose pixels are numbers of colours. */
export interface IndexedImage {
  width: number;
  height: number;
  /** One byte a pixel, row by row. */
  pixels: Uint8Array;
  /** At most 16 colours as 0xRRGGBB. */
  palette: readonly number[];
}

/** An indexed picture of packed bands, the last of them packed as `last`, as PNG. */
export function encodePng(
  { width, height, palette }: Omit<IndexedImage, 'pixels'>,
  bands: readonly Band[],
): Uint8Array {
  const kind = Uint8Array.of(FOUR_BITS, INDEXED, 0, 0, 0);
  const colours = Uint8Array.from(palette.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]));
  const packed = bands.map((band) => band.packed);
  return joinBytes(
    SIGNATURE,
    chunk('IHDR', joinBytes(toUint32(width), toUint32(height), kind)),
    chunk('PLTE', colours),
    chunk('IDAT', joinBytes(ZLIB, ...packed, toUint32(adlerOf(bands)))),
    chunk('IEND', new Uint8Array()),
  );
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = joinBytes(toBytes(type), data);
  return joinBytes(toUint32(data.length), body, toUint32(crc32(body)));
}
