import { createSatteriMarkdownProcessor } from '@astrojs/markdown-satteri';
import { expect, test } from 'vitest';
import { readingMinutes, readingTime } from './reading-minutes.ts';

test('a short text takes a minute, a longer one a minute for 220 words', () => {
  expect(readingMinutes('một hai ba')).toBe(1);
  expect(readingMinutes('một '.repeat(659))).toBe(3);
});

test('the words of a document are counted without its marks', async () => {
  const processor = await createSatteriMarkdownProcessor({ hastPlugins: [readingTime] });
  const text = `## Tên\n\n- ${'[hai](/a/) '.repeat(700)}\n`;
  const { metadata } = await processor.render(text);
  expect(metadata.frontmatter).toEqual({ readingMinutes: 3 });
});
