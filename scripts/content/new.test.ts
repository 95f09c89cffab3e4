import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { edit, line, useSample } from '../../tests/another-business/sample-copies.ts';
import { checkContent } from './check.ts';
import { readContentFolder } from './folder.ts';
import { createEntry, kinds } from './new.ts';
import type { Problem } from './problem.ts';
import { listUnwritten } from './rules/unfilled.ts';

const now = new Date('2026-11-22T03:00:00Z');
const MOVIE = 'dQw4w9WgXcQ';
const { copyContent } = useSample();
let root: string;

beforeEach(() => {
  root = copyContent();
});

const linesOf = (file: string) => readFileSync(path.join(root, file), 'utf8').split('\n');

async function findUnfilled(): Promise<Problem[]> {
  const problems = await checkContent(root, now);
  return problems.filter(({ message }) => message.includes('bài mẫu'));
}

describe('createEntry', () => {
  test.each(Object.keys(kinds))('makes a %s that passes the check', async (kind) => {
    const file = await createEntry(root, { kind, title: 'Giặt thảm phòng khách', now });
    expect(file).toMatch(/giat-tham-phong-khach\.mdx$/);
    const problems = await checkContent(root, now);
    // The catalogue of this process does not know the new service yet.
    expect(problems.filter(({ message }) => !message.includes('giat-tham'))).toEqual([]);
  });

  test.each(Object.keys(kinds))(
    'makes a %s that cannot go live while a place of it is unwritten',
    async (kind) => {
      const file = await createEntry(root, { kind, title: 'Giặt thảm', now });
      const holder = kind === 'service' ? 'content/services.json' : file;
      edit(root, holder, line(/(draft"?): true/, '$1: false'));
      const found = await findUnfilled();
      expect(found.map((one) => one.file)).toContain(file);
      expect(found.filter((one) => one.file === file).map((one) => one.line)).toEqual(
        linesOf(file).flatMap((text, at) =>
          /Thay câu này|thay-ma-nay/.test(text) ? [at + 1] : [],
        ),
      );
      for (const one of new Set(found.map((problem) => problem.file))) {
        edit(root, one, (text) =>
          text.replace(/Thay câu này:/g, 'Đã viết xong:').replace('thay-ma-nay', MOVIE),
        );
      }
      expect(await findUnfilled()).toEqual([]);
    },
  );

  test('lists the unwritten places of a draft without calling them mistakes', async () => {
    const file = await createEntry(root, { kind: 'service', title: 'Giặt thảm', now });
    const places = listUnwritten(readContentFolder(root));
    expect(new Set(places.map((place) => place.file))).toEqual(
      new Set([file, 'content/services.json']),
    );
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
