import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import jsQR from 'jsqr';
import { parse } from 'promptparse';
import sharp from 'sharp';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { AMOUNT_MAX_VND, AMOUNT_MIN_VND } from '../../shared/forms/money.ts';
import { balanceOf, type Price } from '../../shared/jobs/balance.ts';
import { makePaymentReference } from '../../shared/jobs/payment-reference.ts';
import { formatVnd } from '../../shared/money.ts';
import {
  describeTransfer,
  dueTransfer,
  makePayload,
  type Transfer,
} from '../../worker/wording/payment-qr.ts';

const bank = { bin: '970436', account: '0123456789', name: 'CONG TY TNHH MAU' };
const reference = 'TT7K3M2QX';

/** What a payment code says, read by a library that did not write it; null where its checksum is wrong. */
function read(payload: string) {
  const code = parse(payload, true);
  const to = parse(code?.getTagValue('38', '01') ?? '');
  if (code === null || to === null) return null;
  const get = (tag: string, within?: string) => code.getTagValue(tag, within);
  return {
    head: [get('00'), get('01'), get('53'), get('58')],
    scheme: [get('38', '00'), get('38', '02')],
    bank: to.getTagValue('00'),
    account: to.getTagValue('01'),
    amount: get('54'),
    memo: get('62', '08'),
    tags: code.getTags().map(({ id }) => id),
  };
}

/** What a payload of this transfer has to say. */
const said = ({ bank: { bin, account }, amountVnd, reference: memo }: Transfer) => ({
  head: ['01', '12', '704', 'VN'],
  scheme: ['A000000727', 'QRIBFTTA'],
  ...{ bank: bin, account, amount: String(amountVnd), memo },
  tags: ['00', '01', '38', '53', '54', '58', '62', '63'],
});

async function scan(svg: string, width: number): Promise<string | undefined> {
  const { data, info } = await sharp(new TextEncoder().encode(svg))
    .resize({ width })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data;
}

describe('a transfer as a code', () => {
  test('says bank, account, amount and reference, as a reader of another hand reads it', () => {
    const account = fc.stringMatching(/^[0-9A-Z]{4,19}$/);
    const anyBank = fc.record({
      bin: fc.stringMatching(/^\d{6}$/),
      account,
      name: fc.constant('AI'),
    });
    const amount = fc.integer({ min: AMOUNT_MIN_VND, max: 999_999_999 });
    fc.assert(
      fc.property(anyBank, amount, (to, amountVnd) => {
        const transfer = { bank: to, amountVnd, reference };
        expect(read(makePayload(transfer))).toEqual(said(transfer));
      }),
    );
  });

  test('is refused by that reader once a digit is another', () => {
    const payload = makePayload({ bank, amountVnd: 500_000, reference });
    expect(read(payload.replace('500000', '900000'))).toBeNull();
  });

  test.each([1_000, 1_001, 20_000, 960_000, 1_200_000, 12_345_678, 100_000_000, 999_999_999])(
    'is scanned as wide as on a page of 360 px for %i đồng',
    async (amountVnd) => {
      const transfer = { bank, amountVnd, reference };
      const { box, path: dark } = describeTransfer(transfer);
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}"><rect width="100%" height="100%" fill="#fff"/><path fill="#000" d="${dark}"/></svg>`;
      expect(read((await scan(svg, 272)) ?? '')).toEqual(said(transfer));
    },
  );

  test('names the bank as its customers know it, and by its number where nobody does', () => {
    expect(describeTransfer({ bank, amountVnd: 1_000, reference }).bank).toBe('Vietcombank');
    const unknown = { ...bank, bin: '000000' };
    expect(describeTransfer({ bank: unknown, amountVnd: 1_000, reference }).bank).toBe('000000');
  });
});

test('a reference is the same for a record each time, and says nothing of it', async () => {
  const one = await makePaymentReference('6ba7b810-9dad-41d1-80b4-00c04fd430c8');
  expect(one).toMatch(/^TT[0-9A-HJKMNP-TV-Z]{7}$/);
  expect(await makePaymentReference('6ba7b810-9dad-41d1-80b4-00c04fd430c8')).toBe(one);
  expect(await makePaymentReference('6ba7b810-9dad-41d1-80b4-00c04fd430c9')).not.toBe(one);
});

const AT = new Date('2026-11-23T02:00:00.000Z');
const anyAmount = fc.integer({ min: AMOUNT_MIN_VND, max: AMOUNT_MAX_VND });

test('no code is drawn but for what is left of the newest price, and only where that one was agreed to', async () => {
  const vars = { BANK_BIN: bank.bin, BANK_ACCOUNT: bank.account, BANK_NAME: bank.name };
  const told = fc.array(fc.tuple(anyAmount, fc.boolean()), { maxLength: 4 });
  const noted = fc.array(fc.tuple(anyAmount, fc.boolean()), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(told, noted, async (sums, paid) => {
      const prices = sums.map(([sum, isAgreed], at): Price => {
        const version = at + 1;
        const agreed = isAgreed ? ({ by: 'customer', at: AT, version } as const) : null;
        return { version, amountVnd: sum, at: AT, agreed };
      });
      const payments = paid.map(([sum, isUndone], at) => ({
        ...{ n: at + 1, amountVnd: sum, method: 'cash' as const, at: AT },
        undoneAt: isUndone ? AT : null,
      }));
      const [sum, isAgreed] = sums.at(-1) ?? [0, false];
      const left = sum - paid.reduce((all, [one, isUndone]) => all + (isUndone ? 0 : one), 0);
      const shown = await dueTransfer(vars, 'x', balanceOf(prices, payments));
      expect(shown?.amount ?? null).toBe(isAgreed && left > 0 ? formatVnd(left) : null);
    }),
  );
});

test('a commit of an editor cannot change where a code leads: nothing that makes it reads content/', () => {
  const behind = filesBehind('worker/wording/payment-qr.ts');
  expect(behind).toContain('shared/bank.ts');
  expect(behind.filter((file) => file.includes('content/'))).toEqual([]);
});

/** A file and all of the project that it imports. */
function filesBehind(file: string, found: string[] = []): string[] {
  if (found.includes(file) || !file.endsWith('.ts')) return [...found, file];
  const imported = ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles;
  return imported
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => path.join(path.dirname(file), fileName))
    .reduce(
      (known, one) => (known.includes(one) ? known : filesBehind(one, known)),
      [...found, file],
    );
}
