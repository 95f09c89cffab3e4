import type { ContentFolder } from '../folder.ts';
import { lineOf } from '../prose.ts';
import type { Problem } from '../problem.ts';

/** Headings begin at ## (the title is the page's only #) and skip no level. */
export function checkHeadings({ entries }: ContentFolder): Problem[] {
  return entries.flatMap(({ file, prose }) => {
    let above = 1;
    return prose.nodes.flatMap((node): Problem[] => {
      if (node.type !== 'heading') return [];
      const { depth = 2 } = node;
      const at = { file, line: lineOf(node), field: 'nội dung' };
      const skips = depth > above + 1;
      above = depth;
      if (depth === 1)
        return [
          { ...at, message: 'Đề mục trong bài bắt đầu từ ##; # là tiêu đề trang, lấy từ title.' },
        ];
      return skips
        ? [
            {
              ...at,
              message: `Đề mục nhảy cấp: dùng ${'#'.repeat(depth - 1)} thay cho ${'#'.repeat(depth)}.`,
            },
          ]
        : [];
    });
  });
}
