import { expect, test } from 'vitest';
import { renderHtml } from './layout.ts';

test('a line of a list has a dot between its parts, and none after the last', async () => {
  const lines = [
    { text: 'Mở ngày mai', url: 'https://a.test/1' },
    { text: 'AB · Cửa Lò', url: 'https://a.test/2' },
  ];
  const page = await renderHtml({
    ...{ headline: 'Việc', lead: [], facts: [], link: null, closing: [] },
    sections: [{ heading: 'Việc', lines }],
  });
  const words = Array.from(page.matchAll(/<a\b[^>]*>([^]*?)<\/a/g), ([, inner = '']) =>
    inner
      .replace(/<[^>]*>/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  expect(words).toEqual(['Mở ngày mai', 'AB · Cửa Lò']);
});
