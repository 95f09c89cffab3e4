import { company } from '../../shared/content/catalogue.ts';
import { innerSvg, mirrorTile } from './tile.ts';

/** Whole tiles, 64 units square: each file's quarter and its three mirror images. */
const tiles = readAll(
  import.meta.glob<string>('../../content/motifs/*.svg', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
  (svg) => mirrorTile(innerSvg(svg)),
);
const drawings = readAll(
  import.meta.glob<string>('../../content/drawings/*.svg', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
  innerSvg,
);

/** The shapes of a drawing, 640 by 400 units; throws one sentence that names the missing file. */
export function drawing(name: string): string {
  const found = drawings.get(name);
  if (found === undefined) {
    throw new Error(
      `content/drawings/${name}.svg: chưa có hình này. Sửa tên hình, hoặc thêm tệp vào content/drawings.`,
    );
  }
  return found;
}

/** The shapes of a whole tile, 64 units square (content/motifs/<name>.svg); the company's own where there is none. */
export function wholeTile(name: string): string {
  const found = tiles.get(name) ?? tiles.get(company.motif);
  if (found === undefined) throw new Error(`content/motifs/${name}.svg: chưa có tệp này.`);
  return found;
}

function readAll(
  files: Record<string, string>,
  toShapes: (svg: string) => string,
): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(files).map(([path, svg]) => [path.replace(/^.*\/|\.svg$/g, ''), toShapes(svg)]),
  );
}
