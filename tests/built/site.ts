import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { decodeEntities, htmlToText } from '../../shared/text.ts';

/** The built site. */
export const DIST = path.resolve('dist');

/** A built page that is meant to be found. */
export interface BuiltPage {
  path: string;
  url: string;
  html: string;
}

/** The pages of the sitemap. */
export function readListedPages(): BuiltPage[] {
  const sitemap = readFileSync(path.join(DIST, 'sitemap-0.xml'), 'utf8');
  return Array.from(sitemap.matchAll(/<loc>([^<]+)<\/loc>/g), ([, url = '']) => {
    const { pathname } = new URL(url);
    return {
      path: pathname,
      url,
      html: readFileSync(path.join(DIST, pathname, 'index.html'), 'utf8'),
    };
  });
}

/** Every file of a folder with one of these endings, from the folder's root. */
export function readFilesOf(
  folder: string,
  endings: readonly string[],
): { file: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => endings.some((ending) => file.endsWith(ending)))
    .map((file) => ({ file, text: readFileSync(path.join(folder, file), 'utf8') }));
}

/** Every built file with one of these endings, from the site's root. */
export function readFiles(...endings: string[]): { file: string; text: string }[] {
  return readFilesOf(DIST, endings);
}

/** The content of a meta tag, decoded, or undefined. */
export function meta(html: string, name: string): string | undefined {
  const found = new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)"`).exec(html)?.[1];
  return found === undefined ? undefined : decodeEntities(found);
}

/** The things that a page's JSON-LD blocks name; throws where one is no JSON. */
export function readThings(html: string): Record<string, unknown>[] {
  const blocks = html.matchAll(/<script type="application\/ld\+json">([^]*?)<\/script>/g);
  return Array.from(blocks).flatMap(([, json = '']) => {
    const { '@graph': graph } = JSON.parse(json) as { '@graph': Record<string, unknown>[] };
    return graph;
  });
}

/** The words of a page as a person reads them, on one line. */
export function visibleText(html: string): string {
  return htmlToText(html.slice(html.indexOf('<body')));
}
