import { loadSchema } from '../collections.ts';
import type { ContentFolder } from '../folder.ts';
import { canonicalEntry, canonicalFacts } from '../form.ts';
import { factsFiles } from '../facts.ts';
import type { Problem } from '../problem.ts';

/** Files are written the way the editor at /admin/ writes them, so that one change is one changed line. */
export async function checkForm({ entries, facts }: ContentFolder): Promise<Problem[]> {
  const prose = entries
    .filter(({ hasFront, front }) => hasFront && !front.error)
    .map(async (entry) => {
      const wanted = canonicalEntry(entry, await loadSchema(entry.collection));
      return compare(entry.file, entry.text, wanted);
    });
  const data = facts
    .filter(({ file, syntax }) => !syntax && factsFiles[file])
    .map(({ file, text, data: value }) => {
      const schema = factsFiles[file];
      return schema ? compare(file, text, canonicalFacts(value, schema)) : [];
    });
  return [...(await Promise.all(prose)), ...data].flat();
}

function compare(file: string, text: string, wanted: string): Problem[] {
  if (text === wanted) return [];
  const [lines, others] = [text.split('\n'), wanted.split('\n')];
  const at = lines.findIndex((line, index) => line !== others[index]);
  const line = (at < 0 ? lines.length : at) + 1;
  const marks =
    text !== text.normalize('NFC')
      ? 'Dấu tiếng Việt gõ theo kiểu tách rời (không phải NFC)'
      : 'Cách trình bày chưa theo mẫu chung';
  return [
    { file, line, field: '(cách viết)', message: `${marks}: chạy npm run content -- check --fix.` },
  ];
}
