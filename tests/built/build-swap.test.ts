import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runInCheckout } from '../../scripts/tools/checkout.ts';
import { makeSampleCheckout } from './sample-checkout.ts';
import { serveFolder } from './serve-folder.ts';

const SERVED = '<p>what is being served</p>';
const ARTICLE = 'content/news/o-cam-nong.mdx';

let checkout: ReturnType<typeof makeSampleCheckout>;
let site: Awaited<ReturnType<typeof serveFolder>>;

beforeAll(async () => {
  checkout = makeSampleCheckout();
  const dist = path.join(checkout.folder, 'dist');
  mkdirSync(path.join(dist, 'tin-tuc'), { recursive: true });
  writeFileSync(path.join(dist, 'index.html'), SERVED);
  writeFileSync(path.join(dist, 'tin-tuc/index.html'), SERVED);
  site = await serveFolder(dist);
});

afterAll(() => {
  site.close();
  checkout.remove();
});

/** Builds while visitors keep asking for the home page; answers how it ended and all that they got. */
async function buildUnderVisits(): Promise<{ status: number; output: string; seen: string[] }> {
  const child = spawn(process.execPath, ['scripts/build.mjs'], { cwd: checkout.folder });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => (output += part.toString()));
  }
  const seen: string[] = [];
  const visit = async () => {
    while (child.exitCode === null) {
      const answer = await fetch(site.url);
      seen.push(`${answer.status} ${await answer.text()}`);
      await new Promise((later) => setTimeout(later, 20));
    }
  };
  const [, [status]] = await Promise.all([visit(), once(child, 'close') as Promise<[number]>]);
  return { status, output, seen };
}

/** Every file that is served, with its time of writing. */
function listServed(): string[] {
  const dist = path.join(checkout.folder, 'dist');
  const names = readdirSync(dist, { recursive: true, encoding: 'utf8' }).toSorted();
  return names.map((name) => `${name} ${statSync(path.join(dist, name)).mtimeMs}`);
}

function edit(from: RegExp, to: string): void {
  const file = path.join(checkout.folder, ARTICLE);
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
}

test('a look at the policies builds their drafts aside and leaves what is served untouched', () => {
  const before = listServed();
  const { status, stdout } = runInCheckout(checkout.folder, 'scripts/policy.ts');
  expect([status, stdout]).toEqual([0, expect.stringContaining('bản')]);
  expect(listServed()).toEqual(before);
});

test.each([
  [
    'a topic that is not there',
    /^topic: an-toan$/m,
    'topic: be-boi',
    'Chủ đề không có trong content/topics.json',
  ],
  ['a tag that is not closed', /^<Drawing name=/m, '<Callout title="x">\n<Drawing name=', ARTICLE],
])(
  'a commit with %s leaves what is served untouched, also to those who are reading it',
  async (_, right, wrong, says) => {
    const before = listServed();
    edit(right, wrong);
    const { status, output, seen } = await buildUnderVisits();
    expect(status).not.toBe(0);
    expect(output).toContain(says);
    expect(output).toContain('what is being served stays as it was');
    expect(listServed()).toEqual(before);
    expect(seen.length).toBeGreaterThan(5);
    expect(new Set(seen)).toEqual(new Set([`200 ${SERVED}`]));
    edit(new RegExp(wrong, 'm'), right.source.replace(/[\\^$]/g, ''));
  },
);

test('the commit that mends it takes its place without a restart', async () => {
  const { status, output } = await buildUnderVisits();
  expect([status, output]).toEqual([0, expect.stringContaining('Complete')]);
  expect(await (await fetch(site.url)).text()).toContain('<h1');
});
