import type { Link } from '../navigation.ts';
import type { Thing } from './thing.ts';

/** The way from the home page, as the page shows it. */
export function breadcrumbs(links: readonly Link[], site: URL): Thing {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: links.map(({ href, label }, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name: label,
      item: new URL(href, site).href,
    })),
  };
}
