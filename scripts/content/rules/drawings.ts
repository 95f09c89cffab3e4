import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ContentFolder } from '../folder.ts';
import { attributesOf, lineOf } from '../prose.ts';
import type { Problem } from '../problem.ts';

/** Largest drawing in bytes: it stands in the page itself. */
const DRAWING_MAX_BYTES = 2560;

/** Every drawing that is named exists, every one that exists is used, is small and brings no script or style. */
export function checkDrawings({ root, files, entries }: ContentFolder): Problem[] {
  const drawings = [...files.keys()].filter((file) => /^content\/drawings\/.+\.svg$/.test(file));
  const names = drawings.map((file) => file.replace(/^.*\/|\.svg$/g, ''));
  const uses = entries.flatMap(({ file, front, prose }) => {
    const { drawing } = front.data as Record<string, unknown>;
    const cover =
      typeof drawing === 'string' && drawing !== ''
        ? [{ file, line: front.lineOf('drawing'), field: 'drawing', name: drawing }]
        : [];
    const inBody = prose.nodes
      .filter((node) => node.name === 'Drawing')
      .map((node) => ({
        file,
        line: lineOf(node),
        field: 'nội dung',
        name: attributesOf(node)['name'] ?? '',
      }));
    return [...cover, ...inBody];
  });
  const missing = uses
    .filter(({ name }) => !names.includes(name))
    .map(({ name, ...at }) => ({
      ...at,
      message: `Không có hình "${name}" trong content/drawings. Có: ${names.join(', ')}.`,
    }));
  const used = new Set(names.filter((name) => entries.some(({ text }) => text.includes(name))));
  const own = drawings.flatMap((file) => checkDrawing(file, { root, files, used }));
  return [...missing, ...own];
}

function checkDrawing(
  file: string,
  {
    root,
    files,
    used,
  }: { root: string; files: ReadonlyMap<string, number>; used: ReadonlySet<string> },
): Problem[] {
  const at = { file, line: 1, field: '(hình vẽ)' };
  const text = readFileSync(path.join(root, file), 'utf8');
  const bytes = files.get(file) ?? 0;
  return [
    ...(used.has(file.replace(/^.*\/|\.svg$/g, ''))
      ? []
      : [
          {
            ...at,
            message:
              'Không bài nào dùng hình này: đưa vào bài bằng <Drawing name="…" caption="…" />, hoặc xóa tệp.',
          },
        ]),
    ...(bytes > DRAWING_MAX_BYTES
      ? [{ ...at, message: `Hình nặng ${bytes} byte, quá ${DRAWING_MAX_BYTES}: bớt nét.` }]
      : []),
    ...(/<script|<style|style=|\son\w+=|href=/i.test(text)
      ? [
          {
            ...at,
            message: 'Hình chứa mã, kiểu hoặc liên kết: chỉ dùng nét vẽ với các lớp s-… và f-….',
          },
        ]
      : []),
  ];
}
