import { htmlToText } from '../../../shared/text.ts';

const fragments = import.meta.glob<string>('../../../content/policies/published/*/*.html', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The frozen HTML of a policy's version; undefined where its file is missing. */
export function policyFragment(slug: string, version: number): string | undefined {
  return fragments[`../../../content/policies/published/${slug}/${version}.html`];
}

/** The headings of a frozen policy, in the shape of Astro's `MarkdownHeading`. */
export function findHeadings(html: string): { depth: number; slug: string; text: string }[] {
  return Array.from(html.matchAll(/<h([23]) id="([^"]+)"[^>]*>([^]*?)<\/h\1>/g), (match) => ({
    depth: Number(match[1]),
    slug: match[2] ?? '',
    text: htmlToText(match[3] ?? ''),
  }));
}
