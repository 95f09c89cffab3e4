import { CARD, drawBackdrop, FIELD_WIDTH, INK_STEPS } from './backdrop.ts';
import { drawFace, type Face, measure } from './glyphs.ts';
import { encodePng, type IndexedImage } from './palette-png.ts';

const MARGIN = 72;
const TEXT_WIDTH = CARD.width - FIELD_WIDTH - 2 * MARGIN;
/** Sizes of the title, the largest that fits is taken. */
const TITLE_SIZES = [76, 66, 56] as const;
const TITLE_LINES_MAX = 5;
const LINE_HEIGHT = 1.28;
const NAME_SIZE = 30;

/** Draws pictures for sharing: a page's title over the company's name, beside a field of tiles. */
export interface CardPainter {
  paint: (card: { title: string; motif: string }) => Promise<Uint8Array>;
}

/** A painter that has every letter of these titles ready. */
export async function makePainter(name: string, titles: readonly string[]): Promise<CardPainter> {
  const letters = new Set(titles.join(''));
  const faces = new Map<number, Face>([[NAME_SIZE, await drawFace(name, NAME_SIZE)]]);
  for (const size of TITLE_SIZES) faces.set(size, await drawFace(letters, size));
  const backdrops = new Map<string, Promise<IndexedImage>>();
  const backdropOf = (motif: string) => {
    const known = backdrops.get(motif) ?? drawBackdrop(motif);
    backdrops.set(motif, known);
    return known;
  };
  const write = (pixels: Uint8Array, text: string, place: { size: number; y: number }) => {
    const face = faces.get(place.size);
    if (face !== undefined) writeLine(pixels, text, { face, x: MARGIN, y: place.y });
  };
  return {
    paint: async ({ title, motif }) => {
      const backdrop = await backdropOf(motif);
      const pixels = backdrop.pixels.slice();
      const { size, lines } = fitTitle(title);
      const step = Math.round(size * LINE_HEIGHT);
      lines.forEach((line, index) =>
        write(pixels, line, { size, y: MARGIN + size + index * step }),
      );
      write(pixels, name, { size: NAME_SIZE, y: CARD.height - MARGIN });
      return encodePng({ ...backdrop, pixels });
    },
  };
}

/** A title broken into lines at the largest size that leaves room for the name. */
export function fitTitle(title: string): { size: number; lines: string[] } {
  const room = CARD.height - 2 * MARGIN - 2 * NAME_SIZE;
  for (const size of TITLE_SIZES) {
    const lines = breakLines(title, size);
    const fits = lines.every((line) => measure(line, size) <= TEXT_WIDTH);
    if (fits && lines.length * size * LINE_HEIGHT <= room) return { size, lines };
  }
  const size = TITLE_SIZES[TITLE_SIZES.length - 1] ?? NAME_SIZE;
  return { size, lines: breakLines(title, size).slice(0, TITLE_LINES_MAX) };
}

function breakLines(title: string, size: number): string[] {
  const lines: string[] = [];
  for (const word of title.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
    if (lines.length > 0 && measure(longer, size) <= TEXT_WIDTH) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function writeLine(
  pixels: Uint8Array,
  text: string,
  pen: { face: Face; x: number; y: number },
): void {
  let x = pen.x;
  for (const character of text) {
    const glyph = pen.face.glyphs.get(character);
    if (glyph !== undefined) {
      for (let row = 0; row < glyph.height; row += 1) {
        const start = (pen.y + glyph.top + row) * CARD.width + Math.round(x) + glyph.left;
        for (let column = 0; column < glyph.width; column += 1) {
          const ink = glyph.ink[row * glyph.width + column] ?? 0;
          const step = (ink * (INK_STEPS - 1) + 127) >> 8;
          // Neighbouring letters' boxes overlap: the darker one stays.
          if (step > (pixels[start + column] ?? 0)) pixels[start + column] = step;
        }
      }
    }
    x += pen.face.advance(character);
  }
}
