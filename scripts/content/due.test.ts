import { describe, expect, test } from 'vitest';
import { topics } from '../../shared/content/catalogue.ts';
import { collections } from './collections.ts';
import { findDue } from './due.ts';
import { readEntry } from './entry.ts';

const NEWS = collections.find(({ name }) => name === 'news');
const at = { now: new Date('2026-12-01T02:00:00Z'), hours: 3 };

function article(lines: string) {
  if (!NEWS) throw new Error('there is no news');
  const front = `title: Giặt thảm\ndescription: ${'Cách giặt thảm phòng khách cho khỏi phai màu, '.repeat(3)}\ntopic: ${topics[0]?.id}\npubDate: 2026-11-22\n${lines}`;
  return readEntry('content/news/a.mdx', `---\n${front}\n---\n`, NEWS);
}

describe('findDue', () => {
  test.each([
    ['publishAt: 2026-12-01T08:00', true],
    ['publishAt: 2026-12-01T06:01', true],
    ['publishAt: 2026-12-01T06:00', false],
    ['publishAt: 2026-12-01T09:01', false],
    ['expireAt: 2026-12-01T09:00', true],
    ['expireAt: 2026-12-02', false],
    ['draft: false', false],
  ])('takes %s as due at 09:00 in Vietnam, three hours back: %s', async (lines, due) => {
    expect(await findDue([article(lines)], at)).toEqual(due ? ['content/news/a.mdx'] : []);
  });

  test('leaves an entry that its schema refuses to the check', async () => {
    expect(await findDue([article('publishAt: soon')], at)).toEqual([]);
  });
});
