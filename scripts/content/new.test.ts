import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { useSample } from '../../tests/another-business/sample-copies.ts';
import { checkContent } from './check.ts';
import { createEntry, kinds } from './new.ts';

const now = new Date('2026-11-22T03:00:00Z');
const { copyContent } = useSample();
let root: string;

beforeEach(() => {
  root = copyContent();
});

describe('createEntry', () => {
  test.each(Object.keys(kinds))('makes a %s that passes the check', async (kind) => {
    const file = await createEntry(root, { kind, title: 'Giặt thảm phòng khách', now });
    expect(file).toMatch(/giat-tham-phong-khach\.mdx$/);
    const problems = await checkContent(root, now);
    // The catalogue of this process does not know the new service yet.
    expect(problems.filter(({ message }) => !message.includes('giat-tham'))).toEqual([]);
  });

  test('keeps a new article from the site until it is no draft', async () => {
    const file = await createEntry(root, { kind: 'article', title: 'Giặt thảm', now });
    expect(readFileSync(path.join(root, file), 'utf8')).toContain('draft: true');
  });

  test('never writes over an entry', async () => {
    const one = { kind: 'article', title: 'Giặt thảm', now };
    await createEntry(root, one);
    await expect(createEntry(root, one)).rejects.toThrow('Đã có content/news/giat-tham.mdx');
  });

  test('says which kinds there are', async () => {
    await expect(createEntry(root, { kind: 'poem', title: 'A', now })).rejects.toThrow('article');
  });
});
