import { topicPageTitle } from '../../../shared/content/topics.ts';
import type { ContentFolder } from '../folder.ts';
import type { Problem } from '../problem.ts';

/** What only one page may have. */
interface Claim extends Omit<Problem, 'message'> {
  kind: 'title' | 'description' | 'address';
  value: unknown;
  /** How the sentence about another page names this one. */
  owner: string;
}

/** No two pages share a title or a description, and no two files share an address. */
export function checkDuplicates(content: ContentFolder): Problem[] {
  const names = companyNames(content);
  const keyOf = (kind: Claim['kind'], text: string) => `${kind}|${comparable(text, names)}`;
  const owners = new Map(
    content.heads.map(({ field, text }) => [keyOf(field, text), 'một trang có sẵn']),
  );
  const claims = [...claimsOfFacts(content), ...claimsOfEntries(content)];
  return claims.flatMap(({ kind, value, owner, ...at }): Problem[] => {
    if (typeof value !== 'string' || value === '') return [];
    const key = keyOf(kind, value);
    const first = owners.get(key);
    if (first === undefined) {
      owners.set(key, owner);
      return [];
    }
    const message =
      kind === 'address'
        ? `Trùng địa chỉ với ${first}: đổi tên một trong hai tệp.`
        : `Trùng với ${first}: viết khác đi để người tìm phân biệt được.`;
    return [{ ...at, message }];
  });
}

/** The words of pages that are no entries, and the lists of articles, which are titled by their topic. */
function claimsOfFacts({ facts }: ContentFolder): Claim[] {
  return facts.flatMap(({ file, texts }) =>
    texts.flatMap(({ field, line, text }): Claim[] => {
      const at = { file, field, line, owner: `${file} (${field})` };
      const [, kind] = /^\w+\.(title|description)$/.exec(field) ?? [];
      if (file === 'content/pages.json' && (kind === 'title' || kind === 'description'))
        return [{ ...at, kind, value: text }];
      const isTopic = file === 'content/topics.json' && /^topics\.\d+\.name$/.test(field);
      return isTopic ? [{ ...at, kind: 'title', value: topicPageTitle({ name: text }) }] : [];
    }),
  );
}

function claimsOfEntries({ entries }: ContentFolder): Claim[] {
  return entries.flatMap(({ file, front, address }): Claim[] => {
    const data = front.data as Record<string, unknown>;
    const written = (['title', 'description'] as const).map((kind) => ({
      ...{ kind, value: data[kind], owner: file },
      ...{ file, field: kind, line: front.lineOf(kind) },
    }));
    const at = { file, field: '(tên tệp)', line: 1 };
    return [...written, { ...at, kind: 'address', value: address, owner: file }];
  });
}

function companyNames({ facts }: ContentFolder): string[] {
  const texts = facts.find(({ file }) => file === 'content/company.json')?.texts ?? [];
  return texts.filter(({ field }) => /^(?:name|shortName)$/.test(field)).map(({ text }) => text);
}

/** What people take for the same; a page's title gets the company's name where its author left it out. */
function comparable(text: string, names: readonly string[]): string {
  const plain = (one: string) => one.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
  const ending = names.map((name) => ` | ${plain(name)}`).find((one) => plain(text).endsWith(one));
  return plain(text).slice(0, ending === undefined ? undefined : -ending.length);
}
