import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A whole tile of a motif (content/motifs), 64 units square. */
export function readTile(motif: string): string {
  return mirrorTile(innerSvg(readFileSync(path.resolve(`content/motifs/${motif}.svg`), 'utf8')));
}

/** The shapes inside an SVG file, on one line. */
export function innerSvg(svg: string): string {
  return svg
    .replace(/<\?xml[^>]*>|<!--[^]*?-->|<title>[^]*?<\/title>/g, '')
    .replace(/<svg[^>]*>|<\/svg>/g, '')
    .replace(/\s+/g, ' ')
    .replace(/> </g, '><')
    .trim();
}

/** A whole tile, 64 units square: a quarter of 32 and its three mirror images. */
export function mirrorTile(quarter: string): string {
  const mirror = (x: number, y: number) =>
    `<g transform="matrix(${x} 0 0 ${y} ${x < 0 ? 64 : 0} ${y < 0 ? 64 : 0})">${quarter}</g>`;
  return quarter + mirror(-1, 1) + mirror(1, -1) + mirror(-1, -1);
}
