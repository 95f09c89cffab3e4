import { env } from 'cloudflare:workers';
import type { Pictures } from '../../tests/pictures.ts';

/** One of the pictures that a library made. */
export function picture(name: keyof Pictures): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(env.TEST_PICTURES[name]), (sign) => sign.charCodeAt(0));
}

/** A grey PNG of any size, which takes few bytes however large it is. `chunks` stand before its pixels. */
export async function makePng(
  width: number,
  height: number,
  { rows = height, chunks = [] as [name: string, data: Uint8Array][] } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  header[8] = 1;
  const pixels = new Uint8Array(rows * (Math.ceil(width / 8) + 1));
  const packed = await new Response(
    new Blob([pixels]).stream().pipeThrough(new CompressionStream('deflate')),
  ).bytes();
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    pngChunk('IHDR', header),
    ...chunks.map(([name, data]) => pngChunk(name, data)),
    pngChunk('IDAT', packed),
    pngChunk('IEND', new Uint8Array()),
  ];
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function pngChunk(name: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(12 + data.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  chunk.set(new TextEncoder().encode(name), 4);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  return chunk;
}

/** https://www.w3.org/TR/png-3/#D-CRCAppendix. */
function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
