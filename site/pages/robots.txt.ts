import type { APIRoute } from 'astro';

const closed = ['/admin/', '/api/', '/don/', '/viec/', '/khung/'];

/** What crawlers may read: everything but forms' answers, personal pages and the editor. */
export const GET: APIRoute = ({ site }) =>
  new Response(
    [
      'User-agent: *',
      ...closed.map((path) => `Disallow: ${path}`),
      '',
      `Sitemap: ${new URL('/sitemap-index.xml', site).href}`,
      '',
    ].join('\n'),
  );
