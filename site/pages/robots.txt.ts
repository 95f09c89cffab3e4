import type { APIRoute } from 'astro';
import { unlistedFolders } from '../unlisted.ts';

/** What crawlers may read: everything but forms' answers, personal pages and the editor. */
export const GET: APIRoute = ({ site }) =>
  new Response(
    [
      'User-agent: *',
      ...unlistedFolders.map((path) => `Disallow: ${path}`),
      '',
      `Sitemap: ${new URL('/sitemap-index.xml', site).href}`,
      '',
    ].join('\n'),
  );
