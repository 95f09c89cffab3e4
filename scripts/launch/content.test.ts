import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfirmedSchema, type Launch, policyOf } from '../../shared/content/launch.ts';
import { describeField } from '../content/field.ts';
import { PHOTO_FOLDER } from '../content/folder.ts';
import { ROOT } from '../tools/environment.mjs';

const { fields } = describeField(ConfirmedSchema);
const sentences = fields.map(({ description }) => description);

/** Owners may have no page in English or old address: such a file is one that pages read where the sample has it. */
const CONTENT = ['.', 'tests/another-business'].map((folder) => path.join(ROOT, folder));

describe('what the owner is asked to confirm', () => {
  test.each(fields)('$name names folders and files of content/ that pages read', (field) => {
    const policy = policyOf[field.name as keyof Launch['confirmed']];
    // It is asked only of a company that has this page.
    const isAsked = (name: string) => name === `content/policies/${policy}.mdx`;
    const isRead = (name: string) =>
      name === PHOTO_FOLDER || CONTENT.some((folder) => existsSync(path.join(folder, name)));
    const named = field.description.match(/content\/[\w./-]*\w/g) ?? [];
    expect(named.filter((name) => !isAsked(name) && !isRead(name))).toEqual([]);
  });

  test('names where pictures are kept', () => {
    expect(sentences.join(' ')).toContain(PHOTO_FOLDER);
  });

  test('names sections that are in the docs', () => {
    const named = sentences.flatMap((text) => {
      const found = /mục (.+) trong (docs\/[\w-]+\.md)/.exec(text);
      return found ? [{ words: found[1] ?? '', doc: found[2] ?? '' }] : [];
    });
    expect(named).toHaveLength(1);
    for (const { words, doc } of named) {
      const text = readFileSync(path.join(ROOT, doc), 'utf8');
      const quoted = Array.from(words.matchAll(/"([^"]+)"/g), ([, title = '']) => title);
      expect(quoted).not.toEqual([]);
      for (const title of quoted) expect(text).toContain(`\n## ${title}\n`);
    }
  });
});
