import { constants, deflateRawSync } from 'node:zlib';
import { CARD } from './colours.ts';

/** Bytes of a row: its filter, always 0 for none, then two pixels in each byte. */
const ROW_BYTES = 1 + CARD.width / 2;
const ADLER = 65_521;
/** Bytes that can be summed up before a sum has to be cut down. */
const SUMMED_AT_ONCE = 5000;

/** Rows of a picture, four bits a pixel, as PNG packs them. */
export class Rows {
  readonly bytes: Uint8Array<ArrayBuffer>;

  /** Blank rows, in memory that may have held others. */
  constructor(count: number, memory?: ArrayBuffer) {
    const length = count * ROW_BYTES;
    this.bytes = new Uint8Array(memory ?? new ArrayBuffer(length), 0, length).fill(0);
  }

  /** Gives a pixel its colour. */
  set(x: number, y: number, colour: number): void {
    const at = y * ROW_BYTES + 1 + (x >> 1);
    this.bytes[at] = (this.bytes[at] ?? 0) | (x % 2 === 1 ? colour : colour << 4);
  }

  /** Lays a stamp on blank rows or over others, whose darker pixels stay. */
  stamp({ pairs, width }: Stamp, left: number, top: number): void {
    const { bytes } = this;
    let from = 0;
    for (let row = top * ROW_BYTES + 1 + left; from < pairs.length; row += ROW_BYTES) {
      for (let at = row; at < row + width; at += 1, from += 1) {
        const pair = pairs[from] ?? 0;
        if (pair !== 0) bytes[at] = darker(bytes[at] ?? 0, pair);
      }
    }
  }
}

/** Memory for so many rows, to be used again for one picture after another. */
export function rowMemory(count: number): ArrayBuffer {
  return new ArrayBuffer(count * ROW_BYTES);
}

/** A small picture, two pixels in each byte, that begins at an even column. */
export interface Stamp {
  pairs: Uint8Array;
  /** Bytes of a row. */
  width: number;
}

function darker(a: number, b: number): number {
  return a === 0 ? b : Math.max(a & 240, b & 240) | Math.max(a & 15, b & 15);
}

/** Rows that are packed already, so that one picture after another can take them as they are. */
export interface Band {
  packed: Uint8Array;
  length: number;
  /** The sums that Adler-32 takes of the bytes, as if they stood alone and began at nothing. */
  sums: { plain: number; weighted: number };
}

/** Packs rows so that they can stand before others, or after others as the last ones. */
export function packRows({ bytes }: Rows, place: 'before' | 'last', level = 1): Band {
  const finishFlush = place === 'last' ? constants.Z_FINISH : constants.Z_FULL_FLUSH;
  const packed = deflateRawSync(bytes, { level, finishFlush });
  return { packed, length: bytes.length, sums: sumUp(bytes) };
}

/** The Adler-32 of bands that stand one after the other. */
export function adlerOf(bands: readonly Band[]): number {
  let plain = 1;
  let weighted = 0;
  for (const { length, sums } of bands) {
    weighted = (weighted + length * plain + sums.weighted) % ADLER;
    plain = (plain + sums.plain) % ADLER;
  }
  return weighted * 65_536 + plain;
}

function sumUp(bytes: Uint8Array): Band['sums'] {
  let plain = 0;
  let weighted = 0;
  for (let start = 0; start < bytes.length; start += SUMMED_AT_ONCE) {
    const end = Math.min(bytes.length, start + SUMMED_AT_ONCE);
    for (let at = start; at < end; at += 1) {
      plain += bytes[at] ?? 0;
      weighted += plain;
    }
    plain %= ADLER;
    weighted %= ADLER;
  }
  return { plain, weighted };
}
