import { isUnfilled } from '../../../shared/content/entry-fields.ts';
import { isDraft } from '../shown.ts';
import type { ContentFolder } from '../folder.ts';
import type { Problem } from '../problem.ts';

/** What is on the site, or published, has no place left as its template made it. */
export function checkUnfilled(content: ContentFolder): Problem[] {
  return findUnfilled(content)
    .filter(({ isDraft: isHidden }) => !isHidden)
    .map(({ file, line, field, text }) => ({ file, line, field, message: sayHow(text) }));
}

/** The places of drafts that wait to be written. They stop nothing. */
export function listUnwritten(content: ContentFolder): Problem[] {
  return findUnfilled(content)
    .filter(({ isDraft: isHidden }) => isHidden)
    .map(({ file, line, field, text }) => ({ file, line, field, message: text.trim() }));
}

function sayHow(text: string): string {
  return /thay-ma-nay/i.test(text)
    ? 'Còn mã của bài mẫu: ghi mã thật, hoặc để draft: true cho tới khi có.'
    : 'Còn câu của bài mẫu: viết câu thật vào chỗ này, hoặc để draft: true cho tới khi viết xong.';
}

function findUnfilled({ entries, facts }: ContentFolder) {
  const written = entries.flatMap((entry) => {
    const { file, text } = entry;
    return text
      .split('\n')
      .map((line, index) => ({ line: index + 1, text: line, field: 'nội dung' }))
      .map((place) => ({ ...place, file, isDraft: isDraft(entry, facts) }));
  });
  const listed = facts
    .filter(({ file }) => file === 'content/services.json')
    .flatMap(({ file, data, texts }) => {
      const { services = [] } = data as { services?: { draft?: boolean }[] };
      return texts.map((place) => {
        const [, index = ''] = place.field.split('.');
        return { ...place, file, isDraft: services[Number(index)]?.draft === true };
      });
    });
  return [...written, ...listed].filter(({ text }) => isUnfilled(text));
}
