import { expect, test } from 'vitest';
import { formatBank, listBankFaults, readBank } from './bank.ts';

const whole = { BANK_BIN: '970436', BANK_ACCOUNT: '0123456789', BANK_NAME: 'CONG TY MAU' };

test('an account is read whole, and is none while it is not set', () => {
  expect(readBank(whole)).toEqual({ bin: '970436', account: '0123456789', name: 'CONG TY MAU' });
  expect([readBank({}), readBank({ BANK_BIN: '', BANK_ACCOUNT: '', BANK_NAME: '' })]).toEqual([
    null,
    null,
  ]);
  expect(listBankFaults({})).toEqual([]);
  expect(formatBank(null)).toBe('chưa đặt');
});

test.each([
  ['BANK_BIN', ''],
  ['BANK_BIN', '97043'],
  ['BANK_BIN', 'VCB'],
  ['BANK_ACCOUNT', '0123 456 789'],
  ['BANK_ACCOUNT', '123'],
  ['BANK_ACCOUNT', '1'.repeat(20)],
  ['BANK_NAME', ''],
  ['BANK_NAME', ' CONG TY MAU'],
])('%s %j is named, and no page shows an account', (name, value) => {
  const vars = { ...whole, [name]: value };
  expect(listBankFaults(vars).map((fault) => fault.name)).toEqual([name]);
  expect(readBank(vars)).toBeNull();
});
