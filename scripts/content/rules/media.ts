import type { Entry } from '../entry.ts';
import type { ContentFolder } from '../folder.ts';
import type { Problem } from '../problem.ts';

const PHOTOS = 'content/photos';
/** A clip of our own: film, captions and the picture shown before it plays. */
const CLIP_ENDINGS = ['mp4', 'vtt', 'webp'];

/** Photos and clips that front matter names are there. */
export function checkMedia({ entries, files }: ContentFolder): Problem[] {
  return entries.flatMap((entry) => [...checkPhotos(entry, files), ...checkClip(entry, files)]);
}

function checkPhotos({ file, front }: Entry, files: ReadonlyMap<string, number>): Problem[] {
  return front.texts
    .filter(({ field, text }) => /^photo\.file$|^pictures\.\d+\.photo$/.test(field) && text !== '')
    .filter(({ text }) => !files.has(`${PHOTOS}/${text}`))
    .map(({ field, line, text }) => ({
      file,
      line,
      field,
      message: `Không có ảnh "${text}" trong ${PHOTOS}: xem lại tên, hoặc thêm ảnh vào đó.`,
    }));
}

function checkClip({ file, front }: Entry, files: ReadonlyMap<string, number>): Problem[] {
  const { clip } = front.data as Record<string, unknown>;
  if (typeof clip !== 'string' || clip === '') return [];
  const missing = CLIP_ENDINGS.map((ending) => `content/video/${clip}.${ending}`).filter(
    (name) => !files.has(name),
  );
  if (missing.length === 0) return [];
  const message = `Thiếu ${missing.join(', ')}: một phim cần .mp4, .vtt (phụ đề) và .webp (hình chờ).`;
  return [{ file, line: front.lineOf('clip'), field: 'clip', message }];
}
