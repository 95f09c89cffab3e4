import { satteri } from '@astrojs/markdown-satteri';
import mdx from '@astrojs/mdx';

export default {
  cacheDir: './.cache',
  markdown: { syntaxHighlight: false, processor: satteri() },
  integrations: [mdx()],
};
