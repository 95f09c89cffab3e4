import { readFileSync } from 'node:fs';
import { satteri } from '@astrojs/markdown-satteri';
import mdx from '@astrojs/mdx';
import sitemap from '@astrojs/sitemap';
import { defineConfig, fontProviders } from 'astro/config';
import { adminPages } from './scripts/admin/integration.ts';
import { siteBuild } from './site/build/integration.ts';
import { makeHeadingFont } from './site/build/heading-font.ts';
import { headingIds } from './site/build/heading-ids.ts';
import { isUnlisted } from './site/unlisted.ts';
import { readingTime } from './site/build/reading-minutes.ts';

/** The site's address stands once, in wrangler.toml, where the Worker reads it too. */
const origin = /^PUBLIC_ORIGIN\s*=\s*"([^"]+)"/m.exec(
  readFileSync(new URL('./wrangler.toml', import.meta.url), 'utf8'),
)?.[1];
if (origin === undefined) throw new Error('wrangler.toml → PUBLIC_ORIGIN: ghi địa chỉ của trang.');

const built = siteBuild();

export default defineConfig({
  site: origin,
  srcDir: './site',
  cacheDir: './.cache/astro',
  outDir: process.env['OUT_DIR'] ?? './dist',
  trailingSlash: 'always',
  build: { format: 'directory', inlineStylesheets: 'always', concurrency: 4 },
  // Writes .astro/collections, from which Astro's own extension completes front matter.
  experimental: { contentIntellisense: true },
  devToolbar: { enabled: false },
  fonts: [
    {
      name: 'Be Vietnam Pro',
      cssVariable: '--heading-font',
      provider: fontProviders.local(),
      fallbacks: [],
      optimizedFallbacks: false,
      options: {
        variants: [
          { weight: 700, style: 'normal', display: 'optional', src: [await makeHeadingFont()] },
        ],
      },
    },
  ],
  markdown: {
    syntaxHighlight: false,
    processor: satteri({ hastPlugins: [headingIds, readingTime] }),
  },
  integrations: [
    mdx({ optimize: true }),
    built.integration,
    adminPages(),
    sitemap({
      filter: (page) => !isUnlisted(new URL(page).pathname),
      serialize: (item) => ({ ...item, lastmod: built.lastModified(new URL(item.url).pathname) }),
    }),
  ],
});
