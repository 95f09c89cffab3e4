import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BookingRulesSchema } from '../../shared/content/booking-rules.ts';
import { topics } from '../../shared/content/catalogue.ts';
import { ServicesSchema } from '../../shared/content/services.ts';
import { copySample } from '../../tests/another-business/sample.ts';
import { ROOT } from '../tools/environment.mjs';
import { checkContent } from './check.ts';
import { fixContent } from './fix.ts';
import { canonicalFacts } from './form.ts';

const README = readFileSync(path.join(ROOT, 'content/README.md'), 'utf8');

const now = new Date('2026-12-01T02:00:00Z');

let root: string;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'content-'));
  copySample(root);
  await fixContent(root);
});

afterAll(() => rmSync(root, { recursive: true }));

/** The examples of content/README.md in one language, in their order. */
function readExamples(language: string): string[] {
  const blocks = README.matchAll(/^```(\w+)\n([^]*?)^```$/gm);
  return Array.from(blocks).flatMap(([, name, text = '']) => (name === language ? [text] : []));
}

/** The sample has topics of its own. */
function toSampleTopic(article: string): string {
  return article.replace(/^topic: nha-o$/m, `topic: ${topics[0]?.id}`);
}

function readJson(file: string): Record<string, unknown[]> {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, unknown[]>;
}

test('what content/README.md has people type on GitHub passes the check', async () => {
  const [article = ''] = readExamples('mdx');
  writeFileSync(path.join(root, 'content/news/giat-tham-phong-khach.mdx'), toSampleTopic(article));
  const [prices = '', closed = ''] = readExamples('json');
  const catalogue = readJson('content/services.json');
  Object.assign(catalogue['services']?.[0] ?? {}, JSON.parse(`{${prices}}`));
  writeFileSync(
    path.join(root, 'content/services.json'),
    canonicalFacts(catalogue, ServicesSchema),
  );
  const rules = readJson('content/booking.json');
  rules['closed']?.push(JSON.parse(closed));
  writeFileSync(path.join(root, 'content/booking.json'), canonicalFacts(rules, BookingRulesSchema));
  expect(await checkContent(root, now)).toEqual([]);
});

test('content/README.md shows pictures that are there and small', () => {
  const pictures = Array.from(README.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g), ([, file = '']) => file);
  expect(pictures.length).toBeGreaterThan(5);
  for (const picture of pictures) {
    const bytes = readFileSync(path.join(ROOT, 'content', picture)).length;
    expect([picture, bytes < 60_000]).toEqual([picture, true]);
  }
});
