import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfirmedSchema } from '../../shared/content/launch.ts';
import { describeField } from '../content/field.ts';
import { PHOTO_FOLDER } from '../content/folder.ts';
import { ROOT } from '../tools/environment.mjs';

const sentences = describeField(ConfirmedSchema).fields.map(({ description }) => description);

describe('what the owner is asked to confirm', () => {
  test('names folders and files of content/ that pages read', () => {
    const named = sentences.flatMap((text) => text.match(/content\/[\w./-]*\w/g) ?? []);
    expect(named).toContain(PHOTO_FOLDER);
    for (const name of named) {
      expect([name, name === PHOTO_FOLDER || existsSync(path.join(ROOT, name))]).toEqual([
        name,
        true,
      ]);
    }
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
