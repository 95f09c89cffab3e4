import { BAND_HEIGHT, drawBand } from './backdrop.ts';
import { baseLine, fitTitle, MARGIN, TITLE_ROOM, TITLE_SIZES } from './fit-title.ts';
import { drawFace, type Face } from './glyphs.ts';
import { type Band, packRows, rowMemory, Rows } from './packed-rows.ts';
import { encodePng } from './palette-png.ts';
import { CARD } from './colours.ts';

/** Row in which the title's place begins. */
const TITLE_TOP = 36;
/** Row from which on all pictures of a motif are the same: the name and the band of tiles. */
const FOOT_TOP = TITLE_TOP + TITLE_ROOM;
const NAME_SIZE = 30;
const NAME_LINE = 384;

/** Draws pictures for sharing: a page's title over the company's name, over a band of tiles. */
export interface CardPainter {
  /** Gets the letters of titles ready, which is done best for many at once. */
  learn: (titles: readonly string[]) => Promise<void>;
  /** A picture as PNG, of a title whose letters are ready. */
  paint: (card: { title: string; motif: string }) => Promise<Uint8Array>;
}

/** A painter that signs with a company's name. */
export async function makePainter(name: string): Promise<CardPainter> {
  const nameFace = await drawFace(name, NAME_SIZE);
  const faces = new Map<number, Face>();
  const footOf = remember((motif: string) => drawFoot(motif, { name, face: nameFace }));
  const blank = remember((count: number) => packRows(new Rows(count), 'before'));
  const memory = rowMemory(TITLE_ROOM);
  return {
    learn: async (titles) => {
      for (const size of TITLE_SIZES) faces.set(size, await widen(faces.get(size), titles, size));
    },
    paint: async ({ title, motif }) => {
      const { palette, band } = await footOf(motif);
      const { size, lines, height } = fitTitle(title);
      const rows = new Rows(height, memory);
      const face = faces.get(size);
      if (face !== undefined) {
        lines.forEach((line, index) => writeLine(rows, line, { face, y: baseLine(size, index) }));
      }
      const words = packRows(rows, 'before');
      const bands = [blank(TITLE_TOP), words, blank(TITLE_ROOM - height), band];
      return encodePng({ ...CARD, palette }, bands);
    },
  };
}

/** A face with the letters it had and those that are missing for some titles. */
async function widen(
  face: Face | undefined,
  titles: readonly string[],
  size: number,
): Promise<Face> {
  const missing = [...new Set(titles.join(''))].filter((letter) => !face?.glyphs.has(letter));
  if (face !== undefined && missing.every((letter) => letter === ' ')) return face;
  const more = await drawFace(missing, size);
  return { ...more, glyphs: new Map([...(face?.glyphs ?? []), ...more.glyphs]) };
}

/** What stands below the titles of all pictures of a motif, packed. */
async function drawFoot(
  motif: string,
  { name, face }: { name: string; face: Face },
): Promise<{ palette: readonly number[]; band: Band }> {
  const { width, pixels, palette } = await drawBand(motif);
  const rows = new Rows(CARD.height - FOOT_TOP);
  const top = CARD.height - BAND_HEIGHT - FOOT_TOP;
  pixels.forEach((colour, at) => rows.set(at % width, top + Math.floor(at / width), colour));
  writeLine(rows, name, { face, y: NAME_LINE - FOOT_TOP });
  return { palette, band: packRows(rows, 'last', 9) };
}

function remember<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

function writeLine(rows: Rows, text: string, { face, y }: { face: Face; y: number }): void {
  let x = MARGIN;
  for (const character of text) {
    const glyph = face.glyphs.get(character);
    if (glyph !== undefined) {
      const left = Math.round(x) + glyph.left;
      rows.stamp(glyph.stamps[left % 2 === 0 ? 0 : 1], left >> 1, y + glyph.top);
    }
    x += face.advance(character);
  }
}
