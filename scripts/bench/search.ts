import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {
  finder,
  makeSearchFiles,
  SEARCH_PATH,
  type SearchEntry,
} from '../../shared/search-index.ts';
import { services } from '../../shared/content/catalogue.ts';
import { foldText } from '../../shared/text.ts';
import { listSearchEntries } from '../../site/build/search-index.ts';
import { ROOT } from '../tools/environment.mjs';
import { run } from '../tools/run.mjs';
import { median, printTable } from './figures.ts';
import { startSite } from './hosts.ts';
import { readCpuMs } from './load.ts';

const AT_ONCE = 4;

/** A page that the Worker only hands on. */
const PLAIN = '/lien-he/';

const QUERIES = [
  'nhà',
  services[0]?.name ?? '',
  foldText(services[0]?.name ?? ''),
  // The most frequent words of our pages, to the longest query that is read.
  'là và có cho khi nào từ gọi ở mỗi gì thứ trên dưới việc của có lại không đã sau cho thì chỉ cần làm',
].map((words) => `${SEARCH_PATH}?q=${encodeURIComponent(words.slice(0, 100))}`);

interface Plan {
  rounds: number;
  /** Requests of each page in a round. */
  requests: number;
}

/** Measures the CPU of a search over a plain page, with as many articles as there are and with more. */
export async function benchSearch({ counts, ...plan }: Plan & { counts: number[] }) {
  await run('node', ['scripts/build.mjs']);
  for (const count of [0, ...counts]) {
    const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
    try {
      const dist = path.join(folder, 'dist');
      cpSync(path.join(ROOT, 'dist'), dist, { recursive: true });
      const entries = repeatArticles(path.join(dist, SEARCH_PATH), count);
      console.log(`\n### ${entries} entries`);
      await report(folder, ['--assets', dist], plan);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** Writes an index with so many articles, our own in turn, and returns its number of entries; 0 leaves it as it is. */
function repeatArticles(folder: string, count: number): number {
  const built = readFileSync(path.join(folder, 'index.json'), 'utf8');
  const entries = JSON.parse(built) as SearchEntry[];
  if (count === 0) return entries.length;
  const pages = entries.filter(({ path: page, names }) => !names && page !== finder.path);
  const isArticle = ({ path: page, text }: SearchEntry) =>
    page.startsWith('/tin-tuc/') && text !== '';
  const ours = pages.filter(isArticle);
  const articles = Array.from({ length: count }, (_, index) => ({
    ...(ours[index % ours.length] as SearchEntry),
    path: `/tin-tuc/do-thu-${index}/`,
    title: `Bài đo thử số ${index}`,
  }));
  const more = listSearchEntries([...articles, ...pages.filter((page) => !isArticle(page))]);
  for (const [name, data] of Object.entries(makeSearchFiles(more))) {
    writeFileSync(path.join(folder, name), data as string | Uint32Array);
  }
  return more.length;
}

async function report(folder: string, args: readonly string[], plan: Plan): Promise<void> {
  const server = await startSite(path.join(folder, 'state'), args);
  try {
    const measure = (address: string, requests: number) => spendCpu(server.url + address, requests);
    await measure(PLAIN, 20);
    const first = await measure(QUERIES[0] ?? '', 1);
    console.log(`\nThe first search of a fresh process: ${first.toFixed(0)} ms`);
    const paths = [PLAIN, SEARCH_PATH, ...QUERIES];
    for (const address of paths) await measure(address, plan.requests);
    const found: Record<string, number[]> = {};
    for (let round = 0; round < plan.rounds; round += 1) {
      for (const address of paths)
        (found[address] ??= []).push(await measure(address, plan.requests));
    }
    const plain = median(found[PLAIN] ?? []);
    const rows = paths.map((address) => {
      const cpu = median(found[address] ?? []);
      return [decodeURIComponent(address), cpu.toFixed(2), (cpu - plain).toFixed(2)];
    });
    printTable(['page', 'CPU ms', 'over the plain page'], rows);
  } finally {
    await server.stop();
  }
}

/** Mean CPU in ms that the server's processes spend on a GET. */
async function spendCpu(url: string, requests: number): Promise<number> {
  const before = readCpuMs(process.pid);
  let left = requests;
  const ask = async () => {
    while (left > 0) {
      left -= 1;
      const answer = await fetch(url, { headers: { Accept: 'text/html' } });
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${url} answers ${answer.status}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, requests) }, ask));
  return (readCpuMs(process.pid) - before) / requests;
}
