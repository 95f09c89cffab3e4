import type { ContentFolder } from '../folder.ts';
import type { Problem } from '../problem.ts';

/** No two pages share a title or a description, and no two files an address. */
export function checkDuplicates({ entries }: ContentFolder): Problem[] {
  const seen = new Map<string, string>();
  return entries.flatMap(({ file, front, address }) => {
    const { title, description } = front.data as Record<string, unknown>;
    const given = { title, description, '(tên tệp)': address };
    return Object.entries(given).flatMap(([field, value]): Problem[] => {
      if (typeof value !== 'string' || value === '') return [];
      const key = `${field}|${value.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()}`;
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, file);
        return [];
      }
      const message =
        field === '(tên tệp)'
          ? `Trùng địa chỉ với ${first}: đổi tên một trong hai tệp.`
          : `Trùng với ${first}: viết khác đi để người tìm phân biệt được.`;
      return [{ file, line: field === '(tên tệp)' ? 1 : front.lineOf(field), field, message }];
    });
  });
}
