import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';
import { joinBytes, toBytes, toUint32 } from '../bytes.ts';

const deflateAsync = promisify(deflate);
const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const EIGHT_BITS = 8;
const INDEXED = 3;

/** A picture whose pixels are numbers of colours. */
export interface IndexedImage {
  width: number;
  height: number;
  /** One byte a pixel, row by row. */
  pixels: Uint8Array;
  /** At most 256 colours as 0xRRGGBB. */
  palette: readonly number[];
}

/** An indexed picture as PNG. The packing runs beside the main thread. */
export async function encodePng(image: IndexedImage): Promise<Uint8Array> {
  const { width, height, pixels, palette } = image;
  const kind = Uint8Array.of(EIGHT_BITS, INDEXED, 0, 0, 0);
  // Each row begins with its filter, here always 0: none.
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  const colours = Uint8Array.from(palette.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]));
  return joinBytes(
    SIGNATURE,
    chunk('IHDR', joinBytes(toUint32(width), toUint32(height), kind)),
    chunk('PLTE', colours),
    chunk('IDAT', await deflateAsync(rows, { level: 2 })),
    chunk('IEND', new Uint8Array()),
  );
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = joinBytes(toBytes(type), data);
  return joinBytes(toUint32(data.length), body, toUint32(crc32(body)));
}
