import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { company } from '../../../shared/content/catalogue.ts';
import { motifOf, shareAddress } from './address.ts';
import { drawCard } from './card.ts';
import { baseLine, fitTitle, TITLE_ROOM } from './fit-title.ts';
import { measure, outline } from './letters.ts';

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
    'keeps every word of %j within its room',
    (title) => {
      const { size, lines } = fitTitle(title);
      expect(lines.join(' ')).toBe(title);
      for (const line of lines) expect(measure(line, size)).toBeLessThanOrEqual(TITLE_ROOM.width);
      expect(baseLine(size, lines.length - 1)).toBeLessThan(TITLE_ROOM.height);
    },
  );

  test('leaves out what is too long for the smallest letters', () => {
    expect(fitTitle(`${LONG} ${LONG} ${LONG}`).lines).toHaveLength(4);
  });
});

describe('outline', () => {
  test.each(['ă', 'ế', 'ộ', 'ữ', 'Đ', 'ỹ'])('draws %j with its marks', (letter) => {
    const bare = letter.normalize('NFD').replace(/\p{M}/gu, '').replace('Đ', 'D');
    const path = outline(letter, { x: 0, y: 100, size: 100 });
    expect(path.length).toBeGreaterThan(outline(bare, { x: 0, y: 100, size: 100 }).length);
  });

  test.each([30, 56, 68, 84, 108])('writes numbers only at size %i', (size) => {
    expect(outline(LONG, { x: 72, y: 384, size })).not.toContain('NaN');
  });
});

describe('drawCard', () => {
  test('draws a PNG of 1200 by 630 below 30 KB in which the words can be seen', async () => {
    const draw = (title: string) => drawCard({ title, motif: company.motif, name: 'Công ty' });
    const [full, short] = [await draw(LONG), await draw('A')];
    const { width, height, format } = await sharp(full).metadata();
    expect([width, height, format]).toEqual([1200, 630, 'png']);
    expect(full).not.toEqual(short);
    expect(full.length).toBeLessThan(30_000);
  });
});
