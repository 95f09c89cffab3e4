import { type CollectionEntry, getCollection } from 'astro:content';
import { topics } from '../shared/content/catalogue.ts';
import { isPublished } from '../shared/content/entries.ts';
import type { Topic } from '../shared/content/topics.ts';

export type Article = CollectionEntry<'news'>;

const PAGE_SIZE = 20;
/** So many of the newest articles of each topic and service are compared for relatedness, so that a large site builds in linear time. */
const CANDIDATES_MAX = 20;

/** The articles published at the time of the build, newest first; `astro dev` shows drafts and future ones too. */
export const articles: Promise<readonly Article[]> = getCollection(
  'news',
  ({ data }) => import.meta.env.DEV || isPublished(data, new Date()),
).then((entries) =>
  entries.toSorted(
    (a, b) => b.data.pubDate.localeCompare(a.data.pubDate) || a.id.localeCompare(b.id),
  ),
);

/** The topics that have an article, each with its articles. */
export const articlesByTopic: Promise<ReadonlyMap<Topic, readonly Article[]>> = articles.then(
  (all) => {
    const groups = Map.groupBy(all, ({ data }) => data.topic);
    return new Map(
      topics.flatMap((topic) => {
        const own = groups.get(topic.id);
        return own === undefined ? [] : [[topic, own] as const];
      }),
    );
  },
);

/** One page of a list of articles. */
export interface ListPage {
  articles: readonly Article[];
  /** Counted from 1. */
  number: number;
  last: number;
}

/** A list cut into pages; an empty list is one empty page. */
export function paginate(list: readonly Article[]): ListPage[] {
  const last = Math.max(1, Math.ceil(list.length / PAGE_SIZE));
  return Array.from({ length: last }, (_, index) => ({
    articles: list.slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE),
    number: index + 1,
    last,
  }));
}

/** Address of a page of the list that starts at `base`. */
export function pageHref(base: string, number: number): string {
  return number === 1 ? base : `${base}trang/${number}/`;
}

const candidates: Promise<ReadonlyMap<string, readonly Article[]>> = articles.then((all) => {
  const lists = new Map<string, Article[]>();
  for (const article of all) {
    for (const key of [article.data.topic, ...article.data.services]) {
      const list = lists.get(key) ?? [];
      if (list.length < CANDIDATES_MAX) lists.set(key, [...list, article]);
    }
  }
  return lists;
});

/** The articles nearest to one: each shared service counts twice a shared topic, newer ones first among equals. */
export async function relatedArticles(article: Article, limit: number): Promise<Article[]> {
  const { id, data } = article;
  const lists = await candidates;
  const near = new Set([data.topic, ...data.services].flatMap((key) => lists.get(key) ?? []));
  const score = (other: Article) =>
    Number(other.data.topic === data.topic) +
    2 * other.data.services.filter((service) => data.services.includes(service)).length;
  return [...near]
    .filter((other) => other.id !== id)
    .toSorted((a, b) => score(b) - score(a) || b.data.pubDate.localeCompare(a.data.pubDate))
    .slice(0, limit);
}
