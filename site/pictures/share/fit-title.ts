import { measure } from './glyphs.ts';
import { CARD } from './colours.ts';

/** Free space left and right of the words. */
export const MARGIN = 72;
/** Rows that a title may take. */
export const TITLE_ROOM = 304;
/** Sizes of the title, the largest that fits is taken. */
export const TITLE_SIZES = [108, 84, 68, 56] as const;
const TEXT_WIDTH = CARD.width - 2 * MARGIN;
const LINE_HEIGHT = 1.28;
/** How far letters with their marks rise above a line and reach below it, in sizes. */
const ABOVE = 1.15;
const BELOW = 0.35;

/** A title broken into lines. */
export interface FittedTitle {
  size: number;
  lines: string[];
  /** Rows that it takes. */
  height: number;
}

/** A title broken into lines at the largest size at which it fits. */
export function fitTitle(title: string): FittedTitle {
  for (const size of TITLE_SIZES) {
    const fitted = breakTitle(title, size);
    const fits = fitted.lines.every((line) => measure(line, size) <= TEXT_WIDTH);
    if (fits && fitted.height <= TITLE_ROOM) return fitted;
  }
  const smallest = breakTitle(title, TITLE_SIZES[TITLE_SIZES.length - 1] ?? 0);
  return { ...smallest, height: Math.min(smallest.height, TITLE_ROOM) };
}

/** The row that a line of a title stands on, counted from the title's own first. */
export function baseLine(size: number, index: number): number {
  return Math.round(size * ABOVE) + index * Math.round(size * LINE_HEIGHT);
}

function breakTitle(title: string, size: number): FittedTitle {
  const lines: string[] = [];
  for (const word of title.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
    if (lines.length > 0 && measure(longer, size) <= TEXT_WIDTH) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return { size, lines, height: baseLine(size, lines.length - 1) + Math.round(size * BELOW) };
}
