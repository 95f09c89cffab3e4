import type { ContentFolder } from '../folder.ts';
import type { Problem } from '../problem.ts';

/** Every body can be read by the parser that builds the site. */
export function checkSyntax({ entries }: ContentFolder): Problem[] {
  return entries.flatMap(({ file, prose: { error } }) =>
    error ? [{ file, line: error.line, field: 'nội dung', message: toSentence(error.detail) }] : [],
  );
}

function toSentence(detail: string): string {
  const tag = /closing tag for `<(\w+)>`/.exec(detail)?.[1];
  if (/unexpected character `!`/i.test(detail)) {
    return 'Tệp .mdx không có ghi chú kiểu <!-- … -->: bỏ đoạn ấy đi.';
  }
  if (tag) return `Thẻ <${tag}> chưa đóng: thêm </${tag}> ở cuối, hoặc viết <${tag} />.`;
  return 'Không đọc được đoạn này. Dấu < và { có nghĩa riêng trong tệp .mdx: viết "nhỏ hơn", hoặc đặt chữ trong dấu `…`, và xem lại thẻ gần đó.';
}
