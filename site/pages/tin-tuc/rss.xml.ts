import rss from '@astrojs/rss';
import type { APIRoute } from 'astro';
import { company, topics } from '../../../shared/content/catalogue.ts';
import { fromVietnam } from '../../../shared/time.ts';
import { articles } from '../../news.ts';

const ITEMS_MAX = 50;

/** The newest articles for feed readers. */
export const GET: APIRoute = async ({ site }) =>
  rss({
    title: `Tin tức, ${company.name}`,
    description: company.tagline,
    site: site ?? '',
    xmlns: { atom: 'http://www.w3.org/2005/Atom' },
    customData: `<language>vi</language><atom:link href="${new URL('/tin-tuc/rss.xml', site).href}" rel="self" type="application/rss+xml"/>`,
    items: (await articles).slice(0, ITEMS_MAX).map(({ id, data }) => ({
      title: data.title,
      description: data.description,
      link: `/tin-tuc/${id}/`,
      pubDate: fromVietnam(data.pubDate, '00:00'),
      categories: topics.filter((topic) => topic.id === data.topic).map(({ name }) => name),
    })),
  });
