import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CODE_RANDOM_LENGTH, makeCode, parseCode } from './code.ts';

const bytes = fc.uint8Array({ minLength: CODE_RANDOM_LENGTH, maxLength: CODE_RANDOM_LENGTH });

describe('makeCode and parseCode', () => {
  test('read back whatever was made, however it is typed', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const code = makeCode('TS-', random);
        const typed = [
          code,
          code.toLowerCase(),
          code.replace('-', ''),
          code.slice(3),
          ` ${code.replace('-', ' ')} `,
        ];
        const sloppy = code.slice(3).replaceAll('0', 'o').replaceAll('1', 'l');
        return [...typed, `ts${sloppy}`].every((text) => parseCode('TS-', text) === code);
      }),
    );
  });

  test('refuse every single wrong character', () => {
    fc.assert(
      fc.property(bytes, fc.nat(CODE_RANDOM_LENGTH), fc.nat(31), (random, at, symbol) => {
        const code = makeCode('TS-', random);
        const wrong = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.charAt(symbol);
        const changed = code.slice(0, 3 + at) + wrong + code.slice(4 + at);
        return changed === code || parseCode('TS-', changed) === null;
      }),
    );
  });

  const [code, body] = ['TS-000000', '000000'].map((start) => `${start}0`) as [string, string];

  test.each([
    `${code}\u200E`,
    `\u202A${code}\u202C`,
    `TS-\u200B${body}`,
    `TS-\u00AD${body}`,
    ...Array.from('-‐‑‒–—―−﹣－⁃', (dash) => `TS${dash}${body}`),
    `ＴＳ－００００００\u00A00`,
    `${code}.`,
    `${code},`,
    `#${code}`,
    `(${code})`,
    `[${code}]`,
    `"${code}"`,
    `“${code}”`,
    `‘${code}’;`,
    `0\uFE0F${body.slice(1)}`,
  ])('read what copying leaves on %j', (typed) => {
    expect(parseCode('TS-', typed)).toBe(code);
  });

  test.each(['', 'TS-', 'XX-0000000', 'TS-000000', 'TS-00000000', 'TS-000U000', '000U000'])(
    'refuse %s',
    (text) => {
      expect(parseCode('TS-', text)).toBeNull();
    },
  );
});
