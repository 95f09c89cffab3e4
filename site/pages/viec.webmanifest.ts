import type { APIRoute } from 'astro';
import { company } from '../../shared/content/catalogue.ts';

/** Lets staff put their page on the home screen, without which an iPhone allows no push. It opens the page it was added from. */
export const GET: APIRoute = () =>
  new Response(
    JSON.stringify({
      name: `Việc · ${company.shortName}`,
      short_name: 'Việc',
      lang: 'vi',
      display: 'standalone',
      scope: '/viec/',
      theme_color: '#0a566f',
      background_color: '#ffffff',
      icons: [{ src: '/apple-touch-icon.png', sizes: '180x180', type: 'image/png' }],
    }),
    { headers: { 'Content-Type': 'application/manifest+json' } },
  );
