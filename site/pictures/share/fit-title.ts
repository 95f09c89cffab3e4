import { measure } from './letters.ts';

/** Room for the title, in pixels. */
export const TITLE_ROOM = { width: 1056, height: 304 } as const;
/** The largest that fits is taken. */
const SIZES = [108, 84, 68, 56] as const;
const SMALLEST = 56;
/** Between two base lines, in sizes. */
const LINE_HEIGHT = 1.28;
/** How far letters with their marks rise above a base line and reach below it, in sizes. */
const ABOVE = 1.15;
const BELOW = 0.35;

export interface FittedTitle {
  size: number;
  lines: string[];
}

/** Breaks a title into lines at the largest size at which it fits; lines that do not fit at the smallest are left out. */
export function fitTitle(title: string): FittedTitle {
  for (const size of SIZES) {
    const lines = breakTitle(title, size);
    const isNarrow = lines.every((line) => measure(line, size) <= TITLE_ROOM.width);
    if (isNarrow && lines.length <= linesAt(size)) return { size, lines };
  }
  const lines = breakTitle(title, SMALLEST).slice(0, linesAt(SMALLEST));
  return { size: SMALLEST, lines };
}

/** Pixels from the top of a title to the base line of one of its lines, the first being 0. */
export function baseLine(size: number, line: number): number {
  return Math.round(size * ABOVE) + line * Math.round(size * LINE_HEIGHT);
}

function linesAt(size: number): number {
  const first = baseLine(size, 0) + Math.round(size * BELOW);
  return 1 + Math.floor((TITLE_ROOM.height - first) / Math.round(size * LINE_HEIGHT));
}

function breakTitle(title: string, size: number): string[] {
  const lines: string[] = [];
  for (const word of title.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
    if (lines.length > 0 && measure(longer, size) <= TITLE_ROOM.width) {
      lines[lines.length - 1] = longer;
    } else lines.push(word);
  }
  return lines;
}
