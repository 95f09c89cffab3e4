import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Company } from '../../shared/content/company.ts';
import { formatPhone, toE164 } from '../../shared/phone.ts';
import { buildCheckout } from '../../scripts/tools/checkout.ts';
import { makeSampleCheckout } from './sample-checkout.ts';
import { meta, readFilesOf } from './site.ts';

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

describe('a site built after the company changed its facts', () => {
  let checkout: ReturnType<typeof makeSampleCheckout>;
  let before: Company;
  let picture: string | undefined;
  let built: { file: string; text: string }[];

  const build = () => {
    const { status, stderr } = buildCheckout(checkout.folder);
    expect([status, stderr]).toEqual([0, '']);
    const endings = ['.html', '.xml', '.txt', '.json', '.js', '.svg'];
    // A published version stays as it was agreed to; the editor's forms show examples.
    return readFilesOf(path.join(checkout.folder, 'dist'), endings).filter(
      ({ file: name }) => !/^(?:admin\/|chinh-sach\/[^/]+\/\d+\/)/.test(name),
    );
  };
  const findPicture = () =>
    meta(built.find(({ file }) => file === 'index.html')?.text ?? '', 'og:image');

  beforeAll(() => {
    checkout = makeSampleCheckout();
    built = build();
    picture = findPicture();
    const file = path.join(checkout.folder, 'content/company.json');
    before = JSON.parse(readFileSync(file, 'utf8')) as Company;
    const address = { ...before.address, street: '5 ngõ Mới', formerly: 'phường Cũ Xưa' };
    writeFileSync(file, JSON.stringify({ ...before, ...CHANGED, address }));
    built = build();
  });

  afterAll(() => checkout.remove());

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
    expect(findPicture()).toMatch(/\/chia-se\//);
    expect(findPicture()).not.toBe(picture);
  });
});
