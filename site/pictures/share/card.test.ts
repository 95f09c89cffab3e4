import { inflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { company } from '../../../shared/content/catalogue.ts';
import { motifOf, shareAddress } from './address.ts';
import { makePainter } from './card.ts';
import { fitTitle } from './fit-title.ts';
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
      for (const line of lines) expect(measure(line, size)).toBeLessThanOrEqual(1056);
    },
  );
});

describe('makePainter', () => {
  const titles = ['A', LONG, 'Lau kính'];
  const learned = async (...batches: string[][]) => {
    const painter = await makePainter('Công ty');
    for (const batch of batches) await painter.learn(batch);
    return (title: string) => painter.paint({ title, motif: company.motif });
  };

  test('draws a PNG of 1200 by 630 in which the words can be seen', async () => {
    const paint = await learned(titles);
    const [full, short] = [await paint(LONG), await paint('A')];
    const { width, height, format } = await sharp(full).metadata();
    expect([width, height, format]).toEqual([1200, 630, 'png']);
    expect(full).not.toEqual(short);
    expect(full.length).toBeLessThan(30_000);
  });

  test('puts bands together that unpack to as many rows as the picture has, with the right checksum', async () => {
    const paint = await learned(titles);
    for (const title of titles) expect(unpack(await paint(title))).toHaveLength(630 * 601);
  });

  test('leaves nothing of the picture before', async () => {
    const paint = await learned(titles);
    const first = await paint('A');
    await paint(LONG);
    expect(await paint('A')).toEqual(first);
  });

  test('draws the same whether letters are learned at once or one title after the other', async () => {
    const [atOnce, inTurn] = [await learned(titles), await learned(['A'], [LONG], ['Lau kính'])];
    for (const title of titles) expect(await inTurn(title)).toEqual(await atOnce(title));
  });
});

/** The rows of a PNG; throws where the checksum does not fit them. */
function unpack(png: Uint8Array): Uint8Array {
  const at = new TextDecoder('latin1').decode(png).indexOf('IDAT');
  const length = new DataView(png.buffer, png.byteOffset).getUint32(at - 4);
  return inflateSync(png.subarray(at + 4, at + 4 + length));
}
