import { publishedPolicies } from '../shared/policies.ts';

const fragments = import.meta.glob<string>('../content/policies/published/*/*.html', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The frozen HTML of a policy's version, the newest where none is named; undefined before the first publication. */
export function publishedFragment(slug: string, version?: number): string | undefined {
  const number = version ?? publishedPolicies[slug]?.at(-1)?.version;
  return fragments[`../content/policies/published/${slug}/${number}.html`];
}

/** The headings of a frozen policy, as Astro names those of prose. */
export function findHeadings(html: string): { depth: number; slug: string; text: string }[] {
  return Array.from(html.matchAll(/<h([23]) id="([^"]+)"[^>]*>([^]*?)<\/h\1>/g), (match) => ({
    depth: Number(match[1]),
    slug: match[2] ?? '',
    text: (match[3] ?? '').replace(/<[^>]+>/g, ''),
  }));
}
