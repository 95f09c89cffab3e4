import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { company } from '../../shared/content/catalogue.ts';
import { makeSearchFiles, SEARCH_PATH } from '../../shared/search-index.ts';
import { makePictures, type WantedPicture } from '../pictures/share/make.ts';
import { type Finish, finishPages } from './finish-pages.ts';
import { makeIcons } from './icons.ts';
import { readLastCommits, sourcesOf } from './last-changed.ts';
import { bindWords } from './line-breaks.ts';
import { type PageFacts, readPageFacts } from './page-facts.ts';
import { addPolicy } from './page-policy.ts';
import { freeProseIds } from './prose-ids.ts';
import { listSearchEntries } from './search-index.ts';

/** Old addresses and where each leads now, in the platform's own form. */
const REDIRECTS = path.resolve('content/_redirects');
const CACHE = path.resolve('.cache/share-pictures');

export interface SiteBuild {
  integration: AstroIntegration;
  /** ISO time at which a page's words last changed, where it is known; asked after the build. */
  lastModified: (pagePath: string) => string | undefined;
}

/**
 * Gives headings ids of their own on every page, binds its words and gives it its content security policy as it is built. From all pages together it then makes the search index, the
 * list of paths that visits are counted for, the redirects, the pictures for sharing and the icons.
 */
export function siteBuild(): SiteBuild {
  const modified = new Map<string, string>();
  let pages: Pages | null = null;
  return {
    lastModified: (pagePath) => modified.get(pagePath),
    integration: {
      name: 'site-build',
      hooks: {
        'astro:build:start': ({ setPrerenderer }) => {
          const { finish } = (pages = collectPages());
          setPrerenderer((prerenderer) => finishPages(prerenderer, finish));
        },
        'astro:build:done': async ({ dir, logger }) => {
          const facts = pages?.facts.toSorted((a, b) => (a.path < b.path ? -1 : 1)) ?? [];
          for (const [page, date] of datePages(facts)) modified.set(page, date);
          const paths = facts.map((page) => page.path);
          writeFiles(new URL('khung/', dir), { 'paths.json': JSON.stringify(paths) });
          const index = makeSearchFiles(listSearchEntries(facts));
          writeFiles(new URL(`.${SEARCH_PATH}`, dir), { ...index });
          if (existsSync(REDIRECTS)) copyFileSync(REDIRECTS, new URL('_redirects', dir));
          await makeIcons(dir, company.motif);
          const site = fileURLToPath(dir);
          const drawn = await makePictures(pages?.pictures ?? [], {
            name: company.name,
            cache: CACHE,
            site,
          });
          logger.info(`${facts.length} pages indexed, ${drawn} pictures drawn`);
        },
      },
    },
  };
}

interface Pages {
  finish: Finish;
  facts: PageFacts[];
  pictures: WantedPicture[];
}

function collectPages(): Pages {
  const facts: PageFacts[] = [];
  const pictures: WantedPicture[] = [];
  const finish: Finish = (pagePath, built) => {
    const html = freeProseIds(built);
    const found = readPageFacts(pagePath, html);
    if (found !== null) {
      facts.push(found);
      pictures.push({ title: found.pictureTitle, address: found.picture });
    }
    return addPolicy(bindWords(html));
  };
  return { finish, facts, pictures };
}

/** Dates by path: an article's own, for a list that of its newest article, for other pages that of their source's last commit. */
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

function writeFiles(folder: URL, files: Readonly<Record<string, string | Uint32Array>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, data] of Object.entries(files)) writeFileSync(new URL(name, folder), data);
}
