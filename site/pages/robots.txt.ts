import type { APIRoute } from 'astro';

/** `robots.txt`: everything that is meant to be found, and where the list of it lies. */
export const GET: APIRoute = ({ site }) =>
  new Response(
    [
      'User-agent: *',
      'Disallow: /api/',
      'Disallow: /don/',
      'Disallow: /viec/',
      `Sitemap: ${new URL('/sitemap-index.xml', site).href}`,
      '',
    ].join('\n'),
  );
