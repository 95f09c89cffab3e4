import { topics } from '../../shared/content/catalogue.ts';
import type { Article } from '../news.ts';
import { businessReference } from './business.ts';
import type { Thing } from './thing.ts';

/** An article by the facts that stand at its top. */
export function posting(article: Article, site: URL): Thing {
  const { id, data } = article;
  const url = new URL(`/tin-tuc/${id}/`, site).href;
  const company = businessReference(site);
  return {
    '@type': 'BlogPosting',
    '@id': `${url}#article`,
    headline: data.title,
    description: data.description,
    datePublished: data.pubDate,
    dateModified: data.updatedDate ?? data.pubDate,
    articleSection: topics.find((topic) => topic.id === data.topic)?.name,
    inLanguage: 'vi',
    mainEntityOfPage: url,
    author: company,
    publisher: company,
  };
}
