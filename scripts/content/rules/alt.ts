import type { ContentFolder } from '../folder.ts';
import { attributesOf, lineOf } from '../prose.ts';
import type { Problem } from '../problem.ts';

const HOLLOW =
  /^(?:ảnh|hình|hình ảnh|image|photo|picture|img)?[\s\d_.-]*$|\.(?:jpe?g|png|webp|heic)$|^(?:img|dsc|zalo)[_-]?\w*\d{3,}/i;

/** Every picture says in words what it shows, and every drawing has a caption. */
export function checkAlt({ entries }: ContentFolder): Problem[] {
  return entries.flatMap(({ file, prose, front }) => {
    const inBody = prose.nodes.flatMap((node): Problem[] => {
      const at = { file, line: lineOf(node), field: 'nội dung' };
      if (node.type === 'image' && isHollow(node.alt ?? '')) {
        return [
          {
            ...at,
            message:
              'Ảnh chưa có lời tả: viết vào ngoặc vuông ảnh cho thấy gì, ví dụ ![Bậc thềm trước khi làm](…).',
          },
        ];
      }
      if (node.name === 'Drawing' && isHollow(attributesOf(node)['caption'] ?? '')) {
        return [
          { ...at, message: 'Hình vẽ chưa có chú thích: thêm caption="hình cho thấy điều gì".' },
        ];
      }
      return [];
    });
    const inFront = front.texts
      .filter(({ field, text }) => /(?:^|\.)alt$/.test(field) && isHollow(text))
      .map(({ field, line }) => ({
        file,
        line,
        field,
        message: 'Ghi ảnh cho thấy gì, bằng một câu ngắn, không ghi tên tệp.',
      }));
    return [...inBody, ...inFront];
  });
}

function isHollow(text: string): boolean {
  return HOLLOW.test(text.trim());
}
