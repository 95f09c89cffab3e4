import { expect, test, describe } from 'vitest';
import * as v from 'valibot';
import { isPublished, NewsSchema } from './entries.ts';

const article = {
  title: 'Một bài viết',
  description:
    'Một hai câu mô tả đủ dài để máy tìm kiếm và trang chia sẻ hiện ra được, có những chữ mà người đọc hay gõ khi tìm.',
  topic: 'nha-o',
  pubDate: '2026-11-22',
};

describe('NewsSchema', () => {
  test.each([
    ['2026-12-01', '2026-11-30T17:00:00.000Z'],
    ['2026-12-01T08:00', '2026-12-01T01:00:00.000Z'],
    ['2026-12-01 08:00', '2026-12-01T01:00:00.000Z'],
    [new Date('2026-12-01'), '2026-11-30T17:00:00.000Z'],
    [new Date('2026-12-01T08:00:00Z'), '2026-12-01T01:00:00.000Z'],
  ])('reads publishAt %s as a moment in Vietnam', (publishAt, expected) => {
    expect(v.parse(NewsSchema, { ...article, publishAt }).publishAt).toBe(expected);
  });

  test.each(['2026-02-31', '2026-12-01T25:00', 'mai'])('refuses publishAt %s', (publishAt) => {
    expect(v.safeParse(NewsSchema, { ...article, publishAt }).success).toBe(false);
  });
});

describe('isPublished', () => {
  const now = new Date('2026-12-01T01:00:00.000Z');
  const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();

  test.each([
    ['nothing set', { draft: false }, true],
    ['a draft', { draft: true }, false],
    ['the moment come', { draft: false, publishAt: at(0) }, true],
    ['a minute too early', { draft: false, publishAt: at(1) }, false],
    ['a minute left', { draft: false, expireAt: at(1) }, true],
    ['over', { draft: false, expireAt: at(0) }, false],
  ])('%s', (_, entry, shown) => expect(isPublished(entry, now)).toBe(shown));
});
