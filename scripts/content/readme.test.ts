import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { GenericSchema } from 'valibot';
import { BookingRulesSchema } from '../../shared/content/booking-rules.ts';
import { topics } from '../../shared/content/catalogue.ts';
import { ServicesSchema } from '../../shared/content/services.ts';
import { useSample } from '../../tests/another-business/sample-copies.ts';
import { ROOT } from '../tools/environment.mjs';
import { checkContent } from './check.ts';
import { canonicalFacts } from './form.ts';

const README = readFileSync(path.join(ROOT, 'content/README.md'), 'utf8');

const now = new Date('2026-12-01T02:00:00Z');

const { copyContent } = useSample();

/** The examples of content/README.md in one language, in their order. */
function readExamples(language: string): string[] {
  const blocks = README.matchAll(/^```(\w+)\n([^]*?)^```$/gm);
  return Array.from(blocks).flatMap(([, name, text = '']) => (name === language ? [text] : []));
}

/** The sample has topics of its own. */
function toSampleTopic(article: string): string {
  return article.replace(/^topic: nha-o$/m, `topic: ${topics[0]?.id}`);
}

/** Changes a facts file and writes it in its canonical form. */
function changeFacts(
  file: string,
  schema: GenericSchema,
  change: (data: Record<string, unknown[]>) => void,
): void {
  const data = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown[]>;
  change(data);
  writeFileSync(file, canonicalFacts(data, schema));
}

test('what content/README.md has people type on GitHub passes the check', async () => {
  const root = copyContent();
  const [article = ''] = readExamples('mdx');
  writeFileSync(path.join(root, 'content/news/giat-tham-phong-khach.mdx'), toSampleTopic(article));
  const [prices = '', closed = ''] = readExamples('json');
  changeFacts(path.join(root, 'content/services.json'), ServicesSchema, ({ services }) => {
    Object.assign(services?.[0] ?? {}, JSON.parse(`{${prices}}`));
  });
  changeFacts(path.join(root, 'content/booking.json'), BookingRulesSchema, ({ closed: days }) => {
    days?.push(JSON.parse(closed));
  });
  expect(await checkContent(root, now)).toEqual([]);
});

test('content/README.md shows pictures that are there and small', () => {
  const pictures = Array.from(README.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g), ([, file = '']) => file);
  expect(pictures).toHaveLength(7);
  for (const picture of pictures) {
    const bytes = readFileSync(path.join(ROOT, 'content', picture)).length;
    expect([picture, bytes < 60_000]).toEqual([picture, true]);
  }
});
