import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Company } from '../../shared/content/company.ts';
import { formatPhone, toE164 } from '../../shared/phone.ts';
import { buildCheckout, runInCheckout } from '../../scripts/tools/checkout.ts';
import { makeSampleCheckout } from './sample-checkout.ts';
import { serveFolder } from './serve-folder.ts';
import { meta, readFilesOf } from './site.ts';

const SERVED = '<p>what is being served</p>';
const ARTICLE = 'content/news/o-cam-nong.mdx';
const CHANGED = {
  name: 'Công ty Vệ sinh Bông Sen',
  shortName: 'Bông Sen',
  tagline: 'Lau dọn nhà cửa tại Vinh và quanh Vinh',
  hotline: '0912000111',
  zalo: '0912000111',
  support: [
    { name: 'Chị Mận', phone: '0912000222' },
    { name: 'Chị Đào', phone: '0912000333' },
  ],
};

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

/** The company's facts as texts may have them. */
function spellFacts({ name, shortName, tagline, address, hotline, support }: Company): string[] {
  const phones = [hotline, ...support.map(({ phone }) => phone)];
  return [
    ...[name, shortName, tagline, address.formerly, ...support.map((one) => one.name), ...phones],
    ...phones.map(toE164),
    ...phones.map((phone) => formatPhone(toE164(phone))),
    ...phones.map((phone) => formatPhone(toE164(phone)).replaceAll(' ', '.')),
  ];
}

// After the tests above, which leave the site of the sample as it is.
describe('a site built after the company changed its facts', () => {
  let before: Company;
  let picture: string | undefined;
  let built: { file: string; text: string }[];

  const findPicture = () =>
    meta(readFileSync(path.join(checkout.folder, 'dist/index.html'), 'utf8'), 'og:image');

  beforeAll(() => {
    picture = findPicture();
    const file = path.join(checkout.folder, 'content/company.json');
    before = JSON.parse(readFileSync(file, 'utf8')) as Company;
    const address = { ...before.address, street: '5 ngõ Mới', formerly: 'phường Cũ Xưa' };
    writeFileSync(file, JSON.stringify({ ...before, ...CHANGED, address }));
    const { status, stderr } = buildCheckout(checkout.folder);
    expect([status, stderr]).toEqual([0, '']);
    const endings = ['.html', '.xml', '.txt', '.json', '.js', '.svg'];
    // A published version stays as it was agreed to; the editor's forms show examples.
    built = readFilesOf(path.join(checkout.folder, 'dist'), endings).filter(
      ({ file: name }) => !/^(?:admin\/|chinh-sach\/[^/]+\/\d+\/)/.test(name),
    );
  });

  test('says nothing of what it said before', () => {
    const facts = spellFacts(before);
    const strays = built.flatMap(({ file, text }) => {
      const plain = text.normalize('NFC').replaceAll(/&nbsp;|\u00a0/g, ' ');
      return facts.filter((fact) => plain.includes(fact)).map((fact) => `${file}: ${fact}`);
    });
    expect(strays).toEqual([]);
  });

  test('says the new facts on every page', () => {
    const pages = built.filter(
      ({ file, text }) => file.endsWith('index.html') && text.includes('rel="canonical"'),
    );
    expect(pages.length).toBeGreaterThan(15);
    const facts = ['Bông Sen', '0912 000 111', '0912 000 222', 'Chị Đào', '5 ngõ Mới', 'Cũ Xưa'];
    for (const { file, text } of pages) {
      expect([file, facts.filter((fact) => !text.includes(fact))]).toEqual([file, []]);
    }
  });

  test('shows the new name on pictures for sharing, at new addresses', () => {
    expect(picture).toMatch(/\/chia-se\//);
    expect(findPicture()).toMatch(/\/chia-se\//);
    expect(findPicture()).not.toBe(picture);
  });
});
