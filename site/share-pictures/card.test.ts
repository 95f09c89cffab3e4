import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { company } from '../../shared/catalogue.ts';
import { motifOf, shareAddress } from './address.ts';
import { fitTitle, makePainter } from './card.ts';
import { measure } from './glyphs.ts';

const LONG = 'Cách làm sạch tường sơn – vệ sinh lau dọn nhà cửa tại Vinh';

describe('shareAddress', () => {
  test('names the motif and changes with title and shapes', () => {
    const card = { title: 'Một', motif: 'giat-ghe-sofa', name: 'Công ty' };
    const address = shareAddress(card, '<path/>');
    expect(address).toMatch(/^\/chia-se\/giat-ghe-sofa-[0-9a-f]{12}\.png$/);
    expect(motifOf(address)).toBe('giat-ghe-sofa');
    expect(shareAddress({ ...card, title: 'Hai' }, '<path/>')).not.toBe(address);
    expect(shareAddress({ ...card, name: 'Công ty khác' }, '<path/>')).not.toBe(address);
    expect(shareAddress(card, '<circle/>')).not.toBe(address);
  });
});

describe('fitTitle', () => {
  test.each(['Lau kính', LONG, 'Những giải pháp làm vệ sinh sau xây dựng theo từng bề mặt'])(
    'keeps every word of %j within the paper',
    (title) => {
      const { size, lines } = fitTitle(title);
      expect(lines.join(' ')).toBe(title);
      for (const line of lines) expect(measure(line, size)).toBeLessThanOrEqual(678);
    },
  );
});

describe('makePainter', () => {
  test('draws a PNG of 1200 by 630 in which the words can be seen', async () => {
    const painter = await makePainter('Công ty', [LONG, 'A']);
    const [full, short] = await Promise.all(
      [LONG, 'A'].map((title) => painter.paint({ title, motif: company.motif })),
    );
    const { width, height, format } = await sharp(full).metadata();
    expect([width, height, format]).toEqual([1200, 630, 'png']);
    expect(full).not.toEqual(short);
    expect(full?.length).toBeLessThan(100_000);
  });
});
