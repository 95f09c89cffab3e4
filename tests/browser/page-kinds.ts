import { readListedPages } from '../built/site.ts';

interface ListedPage {
  path: string;
  /** The first page of its folder, whose pages have one template. */
  isTemplate: boolean;
  /** Has an element of a kind that no page of its folder before it has. */
  isNew: boolean;
}

/** The listed pages, with what a look at each can find that a look at those before it could not. */
export function readPageKinds(): ListedPage[] {
  const known = new Map<string, Set<string>>();
  return readListedPages().map(({ path, html }) => {
    const folder = path.replace(/[^/]+\/$/, '');
    const before = known.get(folder) ?? new Set();
    const kinds = kindsOf(html);
    known.set(folder, before.union(kinds));
    const isTemplate = before.size === 0 || folder === '/';
    return { path, isTemplate, isNew: isTemplate || !kinds.isSubsetOf(before) };
  });
}

/** Tags with their classes; a drawing is one element, whatever it is drawn with. */
function kindsOf(html: string): Set<string> {
  const drawn = html.slice(html.indexOf('<body')).replaceAll(/(<svg[^>]*>)[^]*?<\/svg>/g, '$1');
  const tags = drawn.matchAll(/<([a-z]\w*)((?:\s[^>]*)?)>/g);
  return new Set(
    Array.from(
      tags,
      ([, tag, attributes = '']) => `${tag} ${/class="([^"]*)"/.exec(attributes)?.[1] ?? ''}`,
    ),
  );
}
