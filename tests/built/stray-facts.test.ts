import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { company } from '../../shared/content/catalogue.ts';
import { formatPhone, toE164 } from '../../shared/phone.ts';
import { buildCheckout, makeCheckout } from '../../scripts/tools/checkout.ts';
import { DIST, meta, readFilesOf } from './site.ts';

const CHANGED = {
  name: 'Công ty Vệ sinh Bông Sen',
  shortName: 'Bông Sen',
  tagline: 'Lau dọn nhà cửa tại Vinh và quanh Vinh',
  hotline: '0912000111',
  support: [
    { name: 'Chị Mận', phone: '0912000222' },
    { name: 'Chị Đào', phone: '0912000333' },
  ],
  address: { ...company.address, street: '5 ngõ Mới', formerly: 'phường Cũ Xưa' },
};

const phones = [company.hotline, ...company.support.map(({ phone }) => phone)];
const before = [
  company.name,
  company.shortName,
  company.tagline,
  company.address.formerly,
  ...company.support.map(({ name }) => name),
  ...phones.flatMap((phone) => [phone, toE164(phone), formatPhone(toE164(phone))]),
  ...phones.map((phone) => formatPhone(toE164(phone)).replaceAll(' ', '.')),
];

/** Where one of the facts as they were stands, file by file. */
function findStrays(files: readonly { file: string; text: string }[]): string[] {
  return files.flatMap(({ file, text }) => {
    const plain = text.normalize('NFC').replaceAll(/&nbsp;|\u00a0/g, ' ');
    return before.filter((fact) => plain.includes(fact)).map((fact) => `${file}: ${fact}`);
  });
}

describe('a site built after the company changed its facts', () => {
  let checkout: ReturnType<typeof makeCheckout>;
  let built: { file: string; text: string }[];

  beforeAll(() => {
    checkout = makeCheckout();
    const file = path.join(checkout.folder, 'content/company.json');
    const facts = JSON.parse(readFileSync(file, 'utf8')) as typeof company;
    writeFileSync(file, JSON.stringify({ ...facts, ...CHANGED }));
    const { status, stderr } = buildCheckout(checkout.folder);
    expect([status, stderr]).toEqual([0, '']);
    const endings = ['.html', '.xml', '.txt', '.json', '.js', '.svg'];
    // A published version stays as it was agreed to; the editor's forms show examples.
    built = readFilesOf(path.join(checkout.folder, 'dist'), endings).filter(
      ({ file: name }) => !/^(?:admin\/|chinh-sach\/[^/]+\/\d+\/)/.test(name),
    );
  });

  afterAll(() => checkout.remove());

  test('says nothing of what it said before', () => {
    expect(findStrays(built)).toEqual([]);
  });

  test('says the new facts on every page', () => {
    const pages = built.filter(
      ({ file, text }) => file.endsWith('index.html') && text.includes('rel="canonical"'),
    );
    expect(pages.length).toBeGreaterThan(30);
    const facts = ['Bông Sen', '0912 000 111', '0912 000 222', 'Chị Đào', '5 ngõ Mới', 'Cũ Xưa'];
    for (const { file, text } of pages) {
      expect([file, facts.filter((fact) => !text.includes(fact))]).toEqual([file, []]);
    }
  });

  test('shows the new name on pictures for sharing, at new addresses', () => {
    const now = built.find(({ file }) => file === 'index.html')?.text ?? '';
    const then = readFileSync(path.join(DIST, 'index.html'), 'utf8');
    expect(meta(now, 'og:title')).toBe(meta(then, 'og:title'));
    expect(meta(now, 'og:image')).not.toBe(meta(then, 'og:image'));
  });
});

test('the Worker has no fact of the company typed into it', () => {
  const sources = readFilesOf('worker', ['.ts', '.sql']).filter(
    ({ file }) => !file.includes('.test.') && !file.startsWith('test/'),
  );
  expect(sources.map(({ file }) => file)).toContain('app.ts');
  expect(findStrays(sources)).toEqual([]);
});
