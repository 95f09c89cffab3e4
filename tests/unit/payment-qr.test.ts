import jsQR from 'jsqr';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { makePaymentReference } from '../../shared/jobs/payment-reference.ts';
import { describeTransfer, makePayload } from '../../worker/wording/payment-qr.ts';

const bank = { bin: '970436', account: '0123456789', name: 'CONG TY TNHH MAU' };
const reference = 'TT7K3M2QX';

/** Fields of an EMVCo payload by id, read by its lengths. */
function readFields(text: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (let at = 0; at < text.length;) {
    const length = Number(text.slice(at + 2, at + 4));
    expect(text.length).toBeGreaterThanOrEqual(at + 4 + length);
    fields[text.slice(at, at + 2)] = text.slice(at + 4, at + 4 + length);
    at += 4 + length;
  }
  return fields;
}

/** CRC-16/CCITT-FALSE bit by bit, as EMVCo's Annex says it. */
function crc(text: string): string {
  let sum = 0xffff;
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) sum = ((sum << 1) ^ (sum & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return sum.toString(16).toUpperCase().padStart(4, '0');
}

async function scan(svg: string, width: number): Promise<string | undefined> {
  const { data, info } = await sharp(new TextEncoder().encode(svg))
    .resize({ width })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data;
}

describe('a transfer as a code', () => {
  test.each([1_000, 1_001, 20_000, 960_000, 1_200_000, 12_345_678, 100_000_000, 999_999_999])(
    'says bank, account, amount and reference for %i đồng, as an EMVCo reader of another hand reads it',
    async (amountVnd) => {
      const transfer = { bank, amountVnd, reference };
      const payload = makePayload(transfer);
      const fields = readFields(payload);
      const consumer = readFields(fields['38'] ?? '');
      expect(fields).toMatchObject({ '00': '01', '01': '12', '53': '704', '58': 'VN' });
      expect(fields['54']).toBe(String(amountVnd));
      expect(consumer).toMatchObject({ '00': 'A000000727', '02': 'QRIBFTTA' });
      expect(readFields(consumer['01'] ?? '')).toEqual({ '00': bank.bin, '01': bank.account });
      expect(readFields(fields['62'] ?? '')).toEqual({ '08': reference });
      expect(fields['63']).toBe(crc(payload.slice(0, -4)));

      const { box, path } = describeTransfer(transfer);
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}"><rect width="100%" height="100%" fill="#fff"/><path fill="#000" d="${path}"/></svg>`;
      // As wide as on a page of 360 px.
      expect(await scan(svg, 272)).toBe(payload);
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
