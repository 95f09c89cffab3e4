import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AstroIntegration } from 'astro';
import { type PageFacts, readPageFacts } from './page-facts.ts';
import { makeSearchIndex } from './search-index.ts';

/** Reads every built page once and writes what is made of them all: the search index and the list of paths for the visit counter. */
export function afterBuild(): AstroIntegration {
  return {
    name: 'after-build',
    hooks: {
      'astro:build:done': ({ dir, pages }) => {
        const facts = pages.flatMap(({ pathname }) => readPage(dir, pathname) ?? []);
        writeJson(new URL('tim-kiem/index.json', dir), makeSearchIndex(facts));
        writeJson(
          new URL('khung/paths.json', dir),
          facts.map(({ path }) => path),
        );
      },
    },
  };
}

function readPage(dir: URL, pathname: string): PageFacts | null {
  if (pathname.startsWith('404')) return null;
  const html = readFileSync(new URL(`${pathname}index.html`, dir), 'utf8');
  return readPageFacts(`/${pathname}`, html);
}

function writeJson(file: URL, data: unknown): void {
  mkdirSync(new URL('.', file), { recursive: true });
  writeFileSync(file, JSON.stringify(data));
}
