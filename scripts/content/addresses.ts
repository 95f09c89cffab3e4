import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Pages that people never find by an address: those that the Worker fills, and the one for errors. */
const FILLED = /^(?:khung\/|404)/;

/** Words of a page that no other page may have. */
interface Head {
  field: 'title' | 'description';
  text: string;
}

/** What the site has without any entry. */
export interface Site {
  /** Addresses of the pages in site/pages and of those that the Worker answers. */
  addresses: readonly string[];
  /** Every `id` attribute in the sources of the pages. */
  ids: ReadonlySet<string>;
  /** Titles and descriptions that stand in the sources of pages. */
  heads: readonly Head[];
  /** For example `https://example.com`; empty where wrangler.toml does not say. */
  origin: string;
}

export function readSite(root: string): Site {
  const folder = path.join(root, 'site', 'pages');
  const names = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
        name.split(path.sep).join('/'),
      )
    : [];
  const config = path.join(root, 'wrangler.toml');
  const toml = existsSync(config) ? readFileSync(config, 'utf8') : '';
  const sources = names
    .filter((name) => name.endsWith('.astro'))
    .map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));
  const ids = sources.flatMap(({ text }) => [...text.matchAll(/ id="([\w-]+)"/g)]);
  return {
    addresses: [...names.flatMap(toAddress), ...findAnswered(toml)],
    heads: sources.filter(({ name }) => !FILLED.test(name)).flatMap(({ text }) => findHeads(text)),
    ids: new Set(ids.map(([, id = '']) => id)),
    origin: /^PUBLIC_ORIGIN = "([^"]+)"/m.exec(toml)?.[1] ?? '',
  };
}

/** The layout's own properties, on lines of their own. */
function findHeads(source: string): Head[] {
  const found = source.matchAll(/^ {2}(title|description)="([^"]+)"$/gm);
  return Array.from(found, ([, field, text = '']) => ({ field: field as Head['field'], text }));
}

function toAddress(name: string): string[] {
  if (!/\.(?:astro|ts)$/.test(name) || /\[/.test(name) || FILLED.test(name)) return [];
  return [
    `/${name
      .replace(/\.astro$/, '/')
      .replace(/\.ts$/, '')
      .replace(/index\/$/, '')}`,
  ];
}

function findAnswered(toml: string): string[] {
  const answered = /run_worker_first = \[([^\]]*)\]/.exec(toml)?.[1] ?? '';
  return Array.from(answered.matchAll(/"(\/[^"*]*\/)"/g), ([, address = '']) => address);
}
