import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { buildCheckout } from '../scripts/tools/checkout.ts';
import { ROOT } from '../scripts/tools/environment.mjs';
import { makeSampleCheckout } from './built/sample-checkout.ts';
import { setWranglerValues } from './wrangler-values.ts';

const FACTS = path.join(ROOT, 'tests/facts');
const HOME = path.join(ROOT, '.cache/frozen-site');
/** What the pages are made of. */
const SOURCES = [
  ...['site', 'shared', 'scripts', 'public', 'tests/facts', 'tests/another-business'],
  ...['tests/built/sample-checkout.ts', 'tests/frozen-site.ts', 'tests/wrangler-values.ts'],
  ...['astro.config.mjs', 'package.json'],
];

/** Enough for more results of a search than one page shows. */
const MORE_ARTICLES = 21;

/** The built pages that the Worker's tests ask for. */
export const FROZEN_DIST = path.join(HOME, 'dist');
/** Where the Worker's tests say that the site is. */
export const FROZEN_ORIGIN = 'https://example.com';

/** Builds these pages where their sources have changed: the sample's prose with the facts of tests/facts/. */
export default function buildFrozenSite(): void {
  const stamp = path.join(HOME, 'stamp');
  const sources = hashSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  const { folder, remove } = makeSampleCheckout();
  try {
    writeFrozenFacts(folder);
    const { status, stdout, stderr } = buildCheckout(folder);
    if (status !== 0) throw new Error(`The frozen site cannot be built:\n${stdout}${stderr}`);
    rmSync(HOME, { recursive: true, force: true });
    mkdirSync(HOME, { recursive: true });
    cpSync(path.join(folder, 'dist'), FROZEN_DIST, { recursive: true });
    writeFileSync(stamp, sources);
  } finally {
    remove();
  }
}

/** Lays tests/facts/ over the sample; its services, with the page and motif of the sample's first one, take the place of the others. */
function writeFrozenFacts(folder: string): void {
  const content = path.join(folder, 'content');
  const read = (...parts: string[]) => readFileSync(path.join(...parts), 'utf8');
  const pages = readdirSync(path.join(content, 'services'));
  const samples = new RegExp(pages.map((page) => page.replace('.mdx', '')).join('|'), 'g');
  const page = read(content, 'services', pages[0] ?? '');
  const motif = read(content, 'motifs', (pages[0] ?? '').replace('.mdx', '.svg'));
  rmSync(path.join(content, 'services'), { recursive: true });
  cpSync(FACTS, content, { recursive: true });

  const { services } = JSON.parse(read(FACTS, 'services.json')) as Named<'services'>;
  const { topics } = JSON.parse(read(FACTS, 'topics.json')) as Named<'topics'>;
  const company = JSON.parse(read(FACTS, 'company.json')) as { motif: string };
  for (const name of [company.motif, ...services.map(({ id }) => id)]) {
    writeFileSync(path.join(content, 'motifs', `${name}.svg`), motif);
  }
  mkdirSync(path.join(content, 'services'));
  for (const { id, name } of services) {
    const named = page
      .replaceAll(samples, id)
      .replace(/^title: .*$/m, `title: ${name}`)
      .replace(/^description: /m, `$&${name}. `);
    writeFileSync(path.join(content, 'services', `${id}.mdx`), named);
  }
  const redirects = read(content, '_redirects').replaceAll(samples, services[0]?.id ?? '');
  writeFileSync(path.join(content, '_redirects'), redirects);
  const english = path.join(content, 'en.mdx');
  writeFileSync(english, read(english).replaceAll(samples, services[0]?.id ?? ''));
  for (const file of readdirSync(path.join(content, 'news'))) {
    const filed = read(content, 'news', file)
      .replaceAll(samples, services[0]?.id ?? '')
      .replace(/^topic: .*$/m, `topic: ${topics[0]?.id}`);
    writeFileSync(path.join(content, 'news', file), filed);
  }
  for (let number = 1; number <= MORE_ARTICLES; number += 1) {
    const article = read(content, 'news', 'den-may-do-sang.md');
    const numbered = article.replaceAll(/^(?:title|description): /gm, `$&Bài ${number}. `);
    writeFileSync(path.join(content, 'news', `bai-${number}.md`), numbered);
  }
  const config = path.join(folder, 'wrangler.toml');
  const live = { PUBLIC_ORIGIN: FROZEN_ORIGIN };
  writeFileSync(config, setWranglerValues(read(config), { live }));
}

type Named<Key extends string> = Record<Key, { id: string; name: string }[]>;

function hashSources(): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of listFiles(path.join(ROOT, source))) {
      hash.update(`${path.relative(ROOT, file)}\n`).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

function listFiles(entry: string): string[] {
  if (statSync(entry).isFile()) return [entry];
  return readdirSync(entry, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((name) => path.join(entry, name))
    .filter((file) => statSync(file).isFile());
}
