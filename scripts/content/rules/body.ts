import type { Entry } from '../entry.ts';
import type { ContentFolder } from '../folder.ts';
import type { Problem } from '../problem.ts';

/** Pages that are nothing without their body; an album or a clip lives by its front matter. */
const WRITTEN: readonly string[] = ['content/news', 'content/services', 'content/policies'];
/** Characters that nobody sees: copied along from elsewhere, they cut words in two for searching and reading aloud. */
const UNSEEN = /[\u00AD\u200B-\u200D\u2060\uFEFF]/;

/** A page has words, and no character that cannot be seen. */
export function checkBody({ entries }: ContentFolder): Problem[] {
  return entries.flatMap((entry) => [...findEmpty(entry), ...findUnseen(entry)]);
}

function findEmpty({ file, body, collection, hasFront }: Entry): Problem[] {
  if (!hasFront || body.trim() !== '' || !WRITTEN.includes(collection.folder)) return [];
  const message = 'Bài chưa có chữ nào: viết nội dung dưới dòng --- thứ hai.';
  return [{ file, line: 1, field: 'nội dung', message }];
}

function findUnseen({ file, text }: Entry): Problem[] {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  return lines.flatMap((words, index) => {
    const at = UNSEEN.exec(words)?.index;
    if (at === undefined) return [];
    const near = words.slice(Math.max(0, at - 12), at).trim();
    const message = `Có ký tự ẩn sau "${near}", thường do chép từ nơi khác: xóa chữ ở đó rồi gõ lại.`;
    return [{ file, line: index + 1, field: 'nội dung', message }];
  });
}
