import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** What the site has without any entry. */
export interface Site {
  /** Addresses of the pages in site/pages and of those that the Worker answers. */
  addresses: readonly string[];
  /** Every `id` attribute in the sources of the pages. */
  ids: ReadonlySet<string>;
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
  const ids = names
    .filter((name) => name.endsWith('.astro'))
    .flatMap((name) => [
      ...readFileSync(path.join(folder, name), 'utf8').matchAll(/ id="([\w-]+)"/g),
    ]);
  return {
    addresses: [...names.flatMap(toAddress), ...findAnswered(toml)],
    ids: new Set(ids.map(([, id = '']) => id)),
    origin: /^PUBLIC_ORIGIN = "([^"]+)"/m.exec(toml)?.[1] ?? '',
  };
}

function toAddress(name: string): string[] {
  if (!/\.(?:astro|ts)$/.test(name) || /\[|^khung\/|^404/.test(name)) return [];
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
