import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';
export default defineConfig({ srcDir: './site', site: 'https://moitruongvinh.com', trailingSlash: 'always', integrations: [mdx()] });
