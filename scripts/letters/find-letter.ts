import { checkContent } from '../content/check.ts';
import { readContentFolder } from '../content/folder.ts';
import { formatProblem } from '../content/problem.ts';
import type { ProseNode } from '../content/prose.ts';
import { isDraft } from '../content/shown.ts';

/** A letter as an editor wrote it. */
interface WrittenLetter {
  slug: string;
  title: string;
  isDraft: boolean;
  file: string;
  /** The root of its prose. */
  root: ProseNode;
}

export function findLetters(root: string): WrittenLetter[] {
  const { entries, facts } = readContentFolder(root);
  return entries
    .filter(({ collection }) => collection.name === 'letters')
    .map((entry) => ({
      slug: entry.slug,
      title: (entry.front.data as { title?: string }).title ?? '',
      isDraft: isDraft(entry, facts),
      file: entry.file,
      root: entry.prose.nodes[0] ?? { type: 'root' },
    }));
}

/** A letter that passes the check of the content; throws the sentence that says why it cannot be used. */
export async function readyLetter(
  root: string,
  slug: string,
  { draftIsFine }: { draftIsFine: boolean },
): Promise<WrittenLetter> {
  const letters = findLetters(root);
  const letter = letters.find((one) => one.slug === slug);
  if (letter === undefined) {
    const names = letters.map((one) => one.slug).join(', ') || 'chưa có tệp nào';
    throw new Error(`Không có content/letters/${slug}.mdx. Có: ${names}.`);
  }
  if (letter.isDraft && !draftIsFine)
    throw new Error(`Bản tin "${slug}" còn là bản nháp: viết xong thì ghi draft: false.`);
  const problems = (await checkContent(root, new Date())).filter(
    ({ file }) => file === letter.file,
  );
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'));
  return letter;
}
