import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Entry } from '../entry.ts';
import { type ContentFolder, type FactsFile, PHOTO_FOLDER } from '../folder.ts';
import { PHOTO_EXTENSIONS, inspectPhoto } from '../photo.ts';
import type { Problem } from '../problem.ts';
import { attributesOf, lineOf } from '../prose.ts';

/** Pictures that browsers do not show. */
export const UNSUPPORTED_IMAGES = /\.(?:heic|heif|tiff?|bmp|gif|raw|dng)$/i;
/** A drawing is part of the page's HTML, so it has to be small. */
const DRAWING_MAX_BYTES = 2560;
/** A film of our own: the film, its captions and the picture shown before it plays. */
const CLIP_EXTENSIONS = ['mp4', 'vtt', 'webp'];
/** A text that does not describe its picture: "ảnh 2", or the name of a file. */
const MEANINGLESS_ALT =
  /^(?:ảnh|hình|hình ảnh|image|photo|picture|img)?[\s\d_.-]*$|\.(?:jpe?g|png|webp|heic)$|^(?:img|dsc|zalo)[_-]?\w*\d{3,}/i;

/** Fields that name a file of content/photos. */
const NAMED_PHOTO = /^(?:photo\.file|pictures\.\d+\.photo|team\.photo)$/;

/** Photos are in a format that browsers show, not too large, and do not say where they were taken. */
export async function checkPhotos({ root, files }: ContentFolder): Promise<Problem[]> {
  const names = [...files.keys()];
  const foreign = names
    .filter((file) => UNSUPPORTED_IMAGES.test(file))
    .map((file) =>
      atPhoto(
        file,
        'Trình duyệt không mở được loại ảnh này: xuất lại thành .jpg rồi thay tệp (iPhone: Cài đặt → Camera → Định dạng → Tương thích nhất).',
      ),
    );
  const known = names.filter((file) => PHOTO_EXTENSIONS.test(file));
  const checked = await Promise.all(known.map((file) => checkPhoto(root, file)));
  return [...foreign, ...checked.flat()];
}

async function checkPhoto(root: string, file: string): Promise<Problem[]> {
  // As bytes: sharp caches files by name, and --fix may just have changed this one.
  const bytes = readFileSync(path.join(root, file));
  const photo = await inspectPhoto(bytes);
  if (!photo)
    return [atPhoto(file, 'Không mở được ảnh: tệp hỏng hoặc sai đuôi. Xuất lại rồi thay tệp.')];
  const size = `${Math.round(bytes.length / 1000)} KB, cạnh dài ${photo.side} điểm`;
  return [
    ...(photo.isTooLarge
      ? [atPhoto(file, `Ảnh lớn quá (${size}): chạy npm run content -- check --fix để thu nhỏ.`)]
      : []),
    ...(photo.hasLocation
      ? [
          atPhoto(
            file,
            'Ảnh còn ghi vị trí nơi chụp (GPS): chạy npm run content -- check --fix để gỡ.',
          ),
        ]
      : []),
  ];
}

function atPhoto(file: string, message: string): Problem {
  return { file, line: 1, field: '(ảnh)', message };
}

/** Every drawing that is named exists; every one that exists is used, is small and has no script or style. */
export function checkDrawings(content: ContentFolder): Problem[] {
  const { files, entries } = content;
  const drawings = [...files.keys()].filter((file) => /^content\/drawings\/.+\.svg$/.test(file));
  const names = drawings.map((file) => path.basename(file, '.svg'));
  const missing = entries
    .flatMap(findNamedDrawings)
    .filter(({ name }) => !names.includes(name))
    .map(({ name, ...at }) => ({
      ...at,
      message: `Không có hình "${name}" trong content/drawings. Có: ${names.join(', ')}.`,
    }));
  return [...missing, ...drawings.flatMap((file) => checkDrawing(file, content))];
}

function findNamedDrawings({ file, front, prose }: Entry): (Omit<Problem, 'message'> & {
  name: string;
})[] {
  const inFront = front.texts
    .filter(({ field, text }) => /^(?:steps\.\d+\.)?drawing$/.test(field) && text !== '')
    .map(({ field, line, text }) => ({ file, line, field, name: text }));
  const inBody = prose.nodes
    .filter((node) => node.name === 'Drawing')
    .map((node) => ({
      file,
      line: lineOf(node),
      field: 'nội dung',
      name: attributesOf(node)['name'] ?? '',
    }));
  return [...inFront, ...inBody];
}

function checkDrawing(file: string, { root, files, entries }: ContentFolder): Problem[] {
  const name = path.basename(file, '.svg');
  const svg = readFileSync(path.join(root, file), 'utf8');
  const bytes = files.get(file) ?? 0;
  const messages = [
    entries.some(({ text }) => text.includes(name))
      ? null
      : 'Không bài nào dùng hình này: đưa vào bài bằng <Drawing name="…" caption="…" />, hoặc xóa tệp.',
    bytes > DRAWING_MAX_BYTES
      ? `Hình nặng ${bytes} byte, quá ${DRAWING_MAX_BYTES}: bớt nét.`
      : null,
    /<script|<style|style=|\son\w+=|href=/i.test(svg)
      ? 'Hình chứa mã, kiểu hoặc đường dẫn: chỉ dùng nét vẽ với các lớp s-… và f-….'
      : null,
  ];
  return messages
    .filter((message) => message !== null)
    .map((message) => ({ file, line: 1, field: '(hình vẽ)', message }));
}

/** Photos and films that front matter and facts name exist. */
export function checkNamedMedia({ entries, facts, files }: ContentFolder): Problem[] {
  return [
    ...facts.flatMap(({ file, texts }) => findMissingPhotos({ file, texts }, files)),
    ...entries.flatMap((entry) => [
      ...findMissingPhotos({ file: entry.file, texts: entry.front.texts }, files),
      ...findMissingClip(entry, files),
    ]),
  ];
}

function findMissingPhotos(
  { file, texts }: Pick<FactsFile, 'file' | 'texts'>,
  files: ContentFolder['files'],
): Problem[] {
  return texts
    .filter(({ field, text }) => NAMED_PHOTO.test(field) && text !== '')
    .filter(({ text }) => !files.has(`${PHOTO_FOLDER}/${text}`))
    .map(({ field, line, text }) => ({ file, line, field, message: sayMissing(text, files) }));
}

function sayMissing(text: string, files: ContentFolder['files']): string {
  const name = path.posix.basename(text);
  return name !== text && files.has(`${PHOTO_FOLDER}/${name}`)
    ? `Chỉ ghi tên tệp, không ghi thư mục: "${name}".`
    : `Không có ảnh "${text}" trong ${PHOTO_FOLDER}: xem lại tên, hoặc thêm ảnh vào đó.`;
}

function findMissingClip({ file, front }: Entry, files: ContentFolder['files']): Problem[] {
  const { clip } = front.data as Record<string, unknown>;
  if (typeof clip !== 'string' || clip === '') return [];
  const missing = CLIP_EXTENSIONS.map((extension) => `content/video/${clip}.${extension}`).filter(
    (name) => !files.has(name),
  );
  if (missing.length === 0) return [];
  const message = `Thiếu ${missing.join(', ')}: một phim cần .mp4, .vtt (phụ đề) và .webp (hình chờ).`;
  return [{ file, line: front.lineOf('clip'), field: 'clip', message }];
}

/** Every picture says in words what it shows, and every drawing has a caption. */
export function checkAlt({ entries }: ContentFolder): Problem[] {
  return entries.flatMap(({ file, prose, front }) => {
    const inBody = prose.nodes.flatMap((node): Problem[] => {
      const at = { file, line: lineOf(node), field: 'nội dung' };
      if (node.type === 'image' && isMeaningless(node.alt ?? '')) {
        const message =
          'Ảnh chưa có lời tả: viết vào ngoặc vuông ảnh cho thấy gì, ví dụ ![Bậc thềm trước khi làm](…).';
        return [{ ...at, message }];
      }
      if (node.name === 'Drawing' && isMeaningless(attributesOf(node)['caption'] ?? '')) {
        const message = 'Hình vẽ chưa có chú thích: thêm caption="hình cho thấy điều gì".';
        return [{ ...at, message }];
      }
      return [];
    });
    const message = 'Ghi ảnh cho thấy gì, bằng một câu ngắn, không ghi tên tệp.';
    const inFront = front.texts
      .filter(({ field, text }) => /(?:^|\.)alt$/.test(field) && isMeaningless(text))
      .map(({ field, line }) => ({ file, line, field, message }));
    return [...inBody, ...inFront];
  });
}

function isMeaningless(text: string): boolean {
  return MEANINGLESS_ALT.test(text.trim());
}
