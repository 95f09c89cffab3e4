import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { makeCheckout } from '../tools/checkout.ts';
import { quietEnvironment, ROOT } from '../tools/environment.mjs';

const SOURCES = path.join(ROOT, 'content', 'news');

/** One build: seconds, CPU seconds, and the largest resident memory in MB. */
export interface Build {
  seconds: number;
  cpu: number;
  megabytes: number;
}

/**
 * Builds the site and a bare template from the same generated articles, one after the other for each number of them.
 * A first build, which is not among the rows, fills the cache of pictures: `pictureMs` is what each of them took longer.
 */
export async function timeBuilds(kind: string, counts: readonly number[]) {
  const { folder, remove } = makeCheckout();
  const bare = path.join(folder, 'scripts', 'bench', 'bare-template');
  const articles = path.join(folder, 'content', 'news');
  const pictures = path.join(folder, '.cache', 'share-pictures');
  const most = Math.max(...counts);
  try {
    rmSync(pictures, { recursive: true, force: true });
    writeArticles(articles, kind, most);
    const cold = build(folder, articles);
    const rows = counts.map((count) => {
      writeArticles(articles, kind, count);
      return { count, bare: build(bare, articles), ours: build(folder, articles) };
    });
    const warm = rows.find(({ count }) => count === most)?.ours ?? cold;
    const pictureMs = ((cold.seconds - warm.seconds) * 1000) / readdirSync(pictures).length;
    return { rows, pictureMs };
  } finally {
    remove();
  }
}

/** Builds a site in a process of its own, without any cache but that of the pictures. */
function build(folder: string, articles: string): Build {
  for (const old of ['dist', '.astro', '.cache/astro', '.cache/usage.json']) {
    rmSync(path.join(folder, old), { recursive: true, force: true });
  }
  const usage = path.join(folder, '.cache', 'usage.json');
  const hook = path.join(import.meta.dirname, 'usage.mjs');
  const astro = path.join(ROOT, 'node_modules', 'astro', 'bin', 'astro.mjs');
  const started = performance.now();
  const { status } = spawnSync(process.execPath, ['--import', hook, astro, 'build'], {
    cwd: folder,
    env: { ...quietEnvironment(), BENCH_ARTICLES: articles, BENCH_USAGE: usage },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`The build in ${folder} ended with ${status}`);
  const used = JSON.parse(readFileSync(usage, 'utf8')) as NodeJS.ResourceUsage;
  const cpu = (used.userCPUTime + used.systemCPUTime) / 1e6;
  return { seconds, cpu, megabytes: used.maxRSS / 1024 };
}

/** Fills a folder with so many articles of one kind: our own `.md` articles in turn, each under a title of its own. */
function writeArticles(folder: string, kind: string, count: number): void {
  const files = readdirSync(SOURCES).filter((file) => file.endsWith('.md'));
  const texts = files.map((file) => readFileSync(path.join(SOURCES, file), 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < count; index += 1) {
    const text = texts[index % texts.length] ?? '';
    const article = text
      .replace(/^title: .*$/m, `title: Bài đo thử số ${index}`)
      .replace(/^drawing: .*\n/m, '');
    writeFileSync(path.join(folder, `do-thu-${index}.${kind}`), article);
  }
}
