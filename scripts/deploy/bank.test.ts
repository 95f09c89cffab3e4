import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { confirmBank } from './bank.ts';

const old = { BANK_BIN: '970436', BANK_ACCOUNT: '0123456789', BANK_NAME: 'CONG TY MAU' };
const other = { ...old, BANK_ACCOUNT: '9990001234' };
const none = { BANK_BIN: '', BANK_ACCOUNT: '', BANK_NAME: '' };

let said: string[] = [];
beforeEach(() => {
  said = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
});
afterEach(() => vi.restoreAllMocks());

test.each([
  ['stays as it is', old, old, '', true, 0],
  ['was never set', {}, none, '', true, 0],
  ['is set for the first time, and nobody is there', {}, old, '', false, 2],
  ['is set for the first time, with its end', {}, old, '6789', true, 1],
  ['changes, and the end of the old one is typed', old, other, '6789', false, 2],
  ['changes, with its end', old, other, ' 1234 ', true, 1],
  ['keeps its number under another name', old, { ...old, BANK_NAME: 'AI DO' }, '', false, 2],
  ['is taken away', old, none, '', true, 1],
])('an account that %s', async (_name, live, next, typed, goesOn, lines) => {
  const ask = vi.fn(() => Promise.resolve(typed));
  expect(await confirmBank(live, next, ask)).toBe(goesOn);
  expect(said).toHaveLength(lines);
});

test('a change is named old and new before anything is asked', async () => {
  await confirmBank(old, other, () => {
    expect(said.join('\n')).toMatch(/Cũ: 0123456789.*\n\s*Mới: 9990001234/);
    return Promise.resolve('');
  });
});
