import { describe, expect, test } from 'vitest';
import { company, findService } from '../../shared/content/catalogue.ts';
import { formatPhone, toE164 } from '../../shared/phone.ts';
import { formatShortDate } from '../../shared/time.ts';
import { readFiles, readListedPages, readThings, visibleText } from './site.ts';

const numbers = [company.hotline, ...company.support.map(({ phone }) => phone)].map(toE164);
const zalo = company.zalo === '' ? [] : [toE164(company.zalo)];
/** Facts that may look like a phone number. */
const others = [company.bankAccount, company.legal.businessCode].filter((fact) => fact !== '');
const pages = readListedPages();
const things = pages.flatMap(({ path, html }) =>
  readThings(html).map((thing) => ({ path, html, thing, type: String(thing['@type']) })),
);
const ofType = (type: string) => things.filter((found) => found.type === type);

describe('phone numbers', () => {
  const files = readFiles('.html', '.txt', '.xml', '.json').filter(
    ({ file }) => !file.startsWith('admin/') && !/^chinh-sach\/[^/]+\/\d+\//.test(file),
  );

  test('the hotline stands on every page', () => {
    const [hotline = ''] = numbers;
    for (const { path, html } of pages) {
      expect([path, html.includes(`tel:${hotline}`)]).toEqual([path, true]);
      expect([path, visibleText(html).includes(formatPhone(hotline))]).toEqual([path, true]);
    }
  });

  test('every number that can be dialled is one of the facts', () => {
    for (const { file, text } of files) {
      for (const [, number] of text.matchAll(/tel:(\+?\d+)/g)) {
        expect([file, numbers.includes(number ?? '')]).toEqual([file, true]);
      }
    }
  });

  test('every number that is written out is one of the facts', () => {
    const written = new Set([...numbers, ...zalo].map(formatPhone));
    for (const { file, text } of files) {
      const rest = others.reduce((plain, fact) => plain.replaceAll(fact, ''), text);
      for (const [number] of rest.matchAll(/(?<![\d.])0\d{2,3}[ .]\d{3}[ .]\d{3}(?!\d)/g)) {
        expect([file, number, written.has(number.replaceAll('.', ' '))]).toEqual([
          file,
          number,
          true,
        ]);
      }
    }
  });
});

describe('JSON-LD', () => {
  test('the company says the same as its pages', () => {
    const full = ofType('HomeAndConstructionBusiness');
    expect(full.map(({ path }) => path).toSorted()).toEqual(['/', '/gioi-thieu/', '/lien-he/']);
    for (const { thing, html } of full) {
      const text = visibleText(html);
      expect(thing).toMatchObject({ name: company.name, telephone: toE164(company.hotline) });
      expect(text).toContain(company.name);
      expect(text).toContain(formatPhone(toE164(company.hotline)));
      expect(text).toContain(company.address.region);
      for (const { name, phone } of company.support) {
        expect(JSON.stringify(thing)).toContain(toE164(phone));
        expect(text).toContain(name);
      }
    }
  });

  test('each service page names its service and the company', () => {
    const found = ofType('Service');
    expect(found.length).toBe(pages.filter(({ path }) => /^\/dich-vu\/.+/.test(path)).length);
    for (const { path, thing } of found) {
      const service = findService(path.split('/')[2] ?? '');
      expect(thing).toMatchObject({ name: service?.name, provider: { name: company.name } });
    }
  });

  test('each article names the heading and the days that it shows', () => {
    const found = ofType('BlogPosting');
    const articles = pages.filter(({ path }) =>
      /^\/tin-tuc\/(?!chu-de\/|trang\/)[^/]+\//.test(path),
    );
    expect(found.length).toBe(articles.length);
    for (const { thing, html } of found) {
      const text = visibleText(html);
      expect(text).toContain(String(thing['headline']));
      expect(text).toContain(formatShortDate(String(thing['datePublished'])));
      expect(text).toContain(formatShortDate(String(thing['dateModified'])));
    }
  });

  test('the way from the home page is the one shown', () => {
    expect(ofType('BreadcrumbList').length).toBeGreaterThan(0);
    for (const { thing, html } of ofType('BreadcrumbList')) {
      const steps = thing['itemListElement'] as { name: string; item: string }[];
      for (const { name, item } of steps) {
        expect(html).toContain(`href="${new URL(item).pathname}"`);
        expect(visibleText(html)).toContain(name);
      }
    }
  });
});
