import { company } from '../shared/catalogue.ts';
import { innerSvg, mirrorTile } from './tile.ts';

const motifFiles = readAll(
  import.meta.glob<string>('../content/motifs/*.svg', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);
const drawingFiles = readAll(
  import.meta.glob<string>('../content/drawings/*.svg', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);

/** The shapes of a quarter tile, 32 units square (content/motifs/<name>.svg); the company's own where there is none. */
export function motif(name: string): string {
  const found = motifFiles.get(name) ?? motifFiles.get(company.motif);
  if (found === undefined) throw new Error(`content/motifs/${name}.svg: chưa có tệp này.`);
  return innerSvg(found);
}

/** The shapes of a drawing, 640 by 400 units; throws one sentence that names the missing file. */
export function drawing(name: string): string {
  const found = drawingFiles.get(name);
  if (found === undefined) {
    throw new Error(
      `content/drawings/${name}.svg: chưa có hình này. Sửa tên hình, hoặc thêm tệp vào content/drawings.`,
    );
  }
  return innerSvg(found);
}

/** A whole tile, 64 units square: the quarter and its three mirror images. */
export function wholeTile(name: string): string {
  return mirrorTile(motif(name));
}

function readAll(files: Record<string, string>): Map<string, string> {
  return new Map(
    Object.entries(files).map(([path, svg]) => [path.replace(/^.*\/|\.svg$/g, ''), svg]),
  );
}
