import { expect, test } from 'vitest';
import { findCollection, piecesOf, readEntry } from './entry.ts';

test.each([
  [
    'news',
    'services:\n  - don-44k\nphoto:\n  file: 0912345678.jpg\n  alt: Bức tường.',
    'photo.alt',
  ],
  [
    'album',
    'pictures:\n  - photo: a-44k.jpg\n    drawing: a-44k\n    alt: Ổ cắm.',
    'pictures.0.alt',
  ],
  ['video', 'clip: quet-44k\nyoutube: "09123456789"\ntitle: Quét nhà', 'title'],
  ['english', 'services:\n  - service: don-44k\n    name: Cleaning', 'services.0.name'],
])('of the front matter of %s readers see words, not the names of things', (name, front, seen) => {
  const file = name === 'english' ? 'content/en.mdx' : `content/${name}/a.mdx`;
  const collection = findCollection(file);
  if (!collection) throw new Error(file);
  const pieces = piecesOf(readEntry(file, `---\n${front}\n---\n`, collection));
  expect(pieces.map(({ field }) => field)).toEqual([seen]);
});
