import { describe, expect, test } from 'vitest';
import {
  makeSearchFiles,
  openSearchIndex,
  type SearchEntry,
  type SearchIndex,
} from '../../shared/search-index';
import { readQuery } from './query';
import { searchEntries } from './rank';
import { makeSnippet, markHits, type SnippetPart } from './snippet';

const entry = (path: string, title: string, description = '', text = ''): SearchEntry => ({
  path,
  title,
  description,
  text,
});

function makeIndex(entries: readonly SearchEntry[]): SearchIndex {
  const files = makeSearchFiles(entries);
  return openSearchIndex({
    entries: new TextEncoder().encode(files['index.json']),
    words: JSON.parse(files['words.json']) as [string[], string[]],
    numbers: files['numbers.bin'],
  });
}

function find(query: string, entries: readonly SearchEntry[]): string[] {
  const index = makeIndex(entries);
  const found = searchEntries(index, readQuery(index, query), 10);
  return found.map((number) => index.readEntry(number).path);
}

describe('searchEntries', () => {
  const sofa = entry('/sofa/', 'Giặt ghế sofa tại nhà', 'Giặt sofa vải và nệm.');
  const nom = entry('/nom/', 'Khắc phục trời nồm', 'Đóng cửa, hút ẩm.', 'Sofa ẩm thì giặt.');
  const ward = entry('/vinh/', 'Phường Trường Vinh', 'Tên cũ: Phường Vinh Tân, Phường Hồng Sơn.');
  const tung = entry(
    '/son/',
    'Làm sạch tường sơn',
    'Lau vết bẩn.',
    'Sơn hỏng, sơn mờ, Vinh, tầng.',
  );
  const all = [nom, tung, ward, sofa];

  test.each([
    ['giat sofa', ['/sofa/', '/nom/']],
    ['GIẶT  SOFA', ['/sofa/', '/nom/']],
    ['giặt sofa'.normalize('NFD'), ['/sofa/', '/nom/']],
    ['vinh tan', ['/vinh/', '/son/']],
    ['hong son', ['/vinh/', '/son/']],
    ['nồm', ['/nom/']],
    ['xyzzy', []],
    ['', []],
    ['!?"<script>', []],
  ])('finds for %j what %j', (query, paths) => expect(find(query, all)).toEqual(paths));

  test('ranks a word in the title above one in the description above many in the text', () => {
    const list = [
      entry('/text/', 'A', 'b', 'mốc '.repeat(50)),
      entry('/description/', 'A', 'Mốc tường'),
      entry('/title/', 'Mốc tường'),
    ];
    expect(find('moc', list)).toEqual(['/title/', '/description/', '/text/']);
  });

  test('puts the spelling that was typed first where marks distinguish words', () => {
    const list = [entry('/dung/', 'Dụng cụ'), entry('/dung-2/', 'Xây dựng')];
    expect(find('dựng', list)).toEqual(['/dung-2/', '/dung/']);
    expect(find('dụng', list)).toEqual(['/dung/', '/dung-2/']);
  });

  test('means the word that was typed, not one that differs in its marks', () => {
    const list = [
      {
        path: '/ward/',
        title: 'Đặt lịch ở phường Vinh Phú',
        description: 'Tên cũ: Phường Hà Huy Tập.',
        text: '',
        names: 'phường Vinh Phú Phường Hà Huy Tập',
      },
      entry('/huy/', 'Chấm dứt dịch vụ', 'Hủy thế nào.', 'Hủy lịch trên trang đơn.'),
      entry('/tham/', 'Chống thấm', '', 'Thảm.'),
      entry('/tham-2/', 'Giặt ghế', 'Giặt thảm.'),
      entry('/lich/', 'Đặt lịch', '', 'Huy động.'),
    ];
    expect(find('hủy lịch', list)).toEqual(['/huy/', '/lich/']);
    expect(find('huỷ lịch', list)[0]).toBe('/huy/');
    expect(find('thảm', list)).toEqual(['/tham-2/', '/tham/']);
    expect(find('đặt lịch', list)[0]).toBe('/lich/');
    expect(find('huy tap', list)[0]).toBe('/ward/');
    expect(find('phuong vinh phu', list)).toEqual(['/ward/']);
  });

  test.each(['0901234567', '0901 234 567', '0901.234.567'])(
    'finds a phone number written as %s',
    (query) => {
      expect(find(query, [entry('/a/', 'Liên hệ', '', 'Gọi 0901 234 567.'), ...all])).toEqual([
        '/a/',
      ]);
    },
  );

  test('falls back to the entries with most of the words', () => {
    expect(find('giat sofa xyzzy', all)).toEqual(['/sofa/', '/nom/']);
    expect(find('xyzzy qwerty sofa', all)).toEqual([]);
  });

  test('finds a longer word by its beginning only from three letters on', () => {
    expect(find('so', all)).toEqual([]);
    expect(find('sof', all)).toEqual(['/sofa/', '/nom/']);
  });
});

const show = (parts: readonly SnippetPart[]) =>
  parts.map((part) => (part.hit ? `[${part.text}]` : part.text)).join('');

describe('markHits', () => {
  const mark = (title: string, query: string) => {
    const index = makeIndex([entry('/', title)]);
    return show(markHits(index, { entry: 0, field: 'title' }, readQuery(index, query)));
  };

  test.each([
    ['Giặt ghế sofa, giặt nệm', 'giat sofa', '[Giặt] ghế [sofa], [giặt] nệm'],
    ['Giá giặt ghế, cả gia đình', 'giá', '[Giá] giặt ghế, cả gia đình'],
    ['Giá giặt ghế, cả gia đình', 'gia', '[Giá] [giặt] ghế, cả [gia] đình'],
    ['Giá giặt ghế sofa', 'giặt sof', 'Giá [giặt] ghế [sofa]'],
    ['Hà Huy Tập', 'hủy', 'Hà [Huy] Tập'],
    ['Gọi 0901 234 567, 80㎡', '80m2 +84901234567', 'Gọi [0901 234 567], [80㎡]'],
  ])('marks in “%s” for “%s” the words that are meant', (title, query, marked) => {
    expect(mark(title, query)).toBe(marked);
  });
});

describe('makeSnippet', () => {
  const snip = (text: string, query: string) => {
    const index = makeIndex([entry('/', '', '', text)]);
    return show(makeSnippet(index, 0, readQuery(index, query)));
  };

  test('shows the place with most hits, cut at words', () => {
    const text = `${'một hai ba '.repeat(60)}giặt sofa cho sạch ${'bốn năm '.repeat(60)}`;
    const shown = snip(text, 'giat sofa');
    expect(shown).toContain('[giặt] [sofa] cho sạch');
    expect(shown.length).toBeLessThan(260);
    expect(shown).toMatch(/^… \S.* …$/);
  });

  test('gives the beginning where nothing matches', () => {
    expect(snip('Một câu ngắn.', 'khac')).toBe('Một câu ngắn.');
  });
});

test('reads the first eight words of a query', () => {
  const index = makeIndex([entry('/', 'một hai ba bốn năm sáu bảy tám chín')]);
  const { terms } = readQuery(index, 'chín hai ba bốn năm sáu bảy tám một');
  expect(terms.map(({ typed }) => index.marked[typed]).length).toBe(8);
});
