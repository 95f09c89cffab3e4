import type { SatteriProcessorOptions } from '@astrojs/markdown-satteri';

type HastPlugin = NonNullable<SatteriProcessorOptions['hastPlugins']>[number];

/** Words that people read in a minute; Vietnamese writes each syllable as a word. */
const WORDS_PER_MINUTE = 220;

/** Adds the reading time to each document: `remarkPluginFrontmatter.readingMinutes` of what Astro renders. */
export const readingTime: HastPlugin = {
  name: 'reading-time',
  before(root, context) {
    const frontmatter = context.data.astro?.frontmatter;
    if (frontmatter) frontmatter['readingMinutes'] = readingMinutes(context.textContent(root));
  },
};

/** Minutes to read a text whose words stand between spaces, at least one. */
export function readingMinutes(text: string): number {
  const words = text.split(' ').length;
  return Math.max(1, Math.round(words / WORDS_PER_MINUTE));
}
