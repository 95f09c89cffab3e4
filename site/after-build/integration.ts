import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { company } from '../../shared/catalogue.ts';
import { makeSharePictures } from '../share-pictures/make.ts';
import { makeIcons } from './icons.ts';
import { readLastCommits, sourcesOf } from './last-changed.ts';
import { type PageFacts, readPageFacts } from './page-facts.ts';
import { makeSearchIndex } from './search-index.ts';

const CACHE = path.resolve('.cache/share-pictures');

/** What is made of all built pages together, and the dates that the sitemap asks for afterwards. */
export interface AfterBuild {
  integration: AstroIntegration;
  /** When a page's words last changed, where that is known. */
  lastModified: (pagePath: string) => string | undefined;
}

/** Reads every built page once and makes the search index, the counter's list of paths, the pictures for sharing and the icons. */
export function afterBuild(): AfterBuild {
  const modified = new Map<string, string>();
  return {
    lastModified: (pagePath) => modified.get(pagePath),
    integration: {
      name: 'after-build',
      hooks: {
        'astro:build:done': async ({ dir, pages, logger }) => {
          const facts = pages.flatMap(({ pathname }) => readPage(dir, pathname) ?? []);
          for (const [page, date] of datePages(facts)) modified.set(page, date);
          writeJson(new URL('tim-kiem/index.json', dir), makeSearchIndex(facts));
          const paths = facts.map((page) => page.path);
          writeJson(new URL('khung/paths.json', dir), paths);
          await makeIcons(dir, company.motif);
          const places = { dir: fileURLToPath(dir), cache: CACHE, name: company.name };
          const wanted = facts.map(({ picture, pictureTitle }) => ({
            title: pictureTitle,
            address: picture,
          }));
          const { drawn } = await makeSharePictures(wanted, places);
          logger.info(`${facts.length} pages indexed, ${drawn} pictures drawn`);
        },
      },
    },
  };
}

function readPage(dir: URL, pathname: string): PageFacts | null {
  if (pathname.startsWith('404')) return null;
  const html = readFileSync(new URL(`${pathname}index.html`, dir), 'utf8');
  return readPageFacts(`/${pathname}`, html);
}

/** An article names its own date; a list changes with its newest article; other pages with their source's last commit. */
function datePages(facts: readonly PageFacts[]): [string, string][] {
  const commits = readLastCommits();
  const newest = facts.reduce(
    (latest, { modified }) => (modified > latest ? modified : latest),
    '',
  );
  return facts.flatMap(({ path: page, modified }): [string, string][] => {
    if (modified !== '') return [[page, modified]];
    const isList = /^\/tin-tuc\/(?:trang\/|chu-de\/|$)/.test(page);
    const dates = sourcesOf(page).flatMap((file) => commits.get(file) ?? []);
    const date = isList ? newest : (dates.toSorted().at(-1) ?? '');
    return date === '' ? [] : [[page, date]];
  });
}

function writeJson(file: URL, data: unknown): void {
  mkdirSync(new URL('.', file), { recursive: true });
  writeFileSync(file, JSON.stringify(data));
}
