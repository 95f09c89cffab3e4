import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../tools/environment.mjs';

const FILES = {
  'package.json': '{ "type": "module", "private": true }',
  'astro.config.mjs': `import mdx from '@astrojs/mdx';
import { satteri } from '@astrojs/markdown-satteri';
export default { markdown: { syntaxHighlight: false, processor: satteri() }, integrations: [mdx()] };
`,
  'src/content.config.ts': `import { glob } from 'astro/loaders';
import { defineCollection } from 'astro:content';
export const collections = {
  news: defineCollection({ loader: glob({ base: 'content/news', pattern: '*.{md,mdx}' }) }),
};
`,
  'src/pages/[slug].astro': `---
import { getCollection, render } from 'astro:content';
export async function getStaticPaths() {
  return (await getCollection('news')).map((entry) => ({ params: { slug: entry.id }, props: { entry } }));
}
const { entry } = Astro.props;
const { Content } = await render(entry);
---
<html lang="vi">
  <head><meta charset="utf-8" /><title>{entry.data.title}</title></head>
  <body><h1>{entry.data.title}</h1><Content /></body>
</html>
`,
};

/** The least that Astro needs to show the same articles: one page of one heading and the prose. */
export function makeBareTemplate(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'bare-'));
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
