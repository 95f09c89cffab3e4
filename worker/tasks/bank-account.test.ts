import { env } from 'cloudflare:workers';
import { expect, test, vi } from 'vitest';
import { later } from '../../shared/time.ts';
import { runScheduled } from '../scheduled.ts';
import { NOW } from '../test/fixtures.ts';
import { count } from '../test/records.ts';

const bank = { BANK_BIN: '970436', BANK_ACCOUNT: '0123456789', BANK_NAME: 'CONG TY MAU' };

test('another account is told to both staff addresses, old and new, once', async () => {
  const sent = vi.spyOn(env.STAFF_EMAIL, 'send');
  const told = () =>
    sent.mock.calls
      .map(([mail]) => mail as { to: string; subject: string; text: string })
      .filter(({ subject }) => subject.includes('Tài khoản nhận tiền'));
  await runScheduled(env, NOW);
  expect(told()).toEqual([]);
  expect(await count('bank_accounts')).toBe(0);
  await runScheduled({ ...env, ...bank }, later(NOW, { minutes: 1 }));
  await runScheduled({ ...env, ...bank }, later(NOW, { minutes: 2 }));
  const to = new Set(told().map((mail) => mail.to));
  expect(to).toEqual(new Set([env.STAFF_ADDRESS, env.STAFF_SECOND_ADDRESS]));
  expect(told()).toHaveLength(2);
  const other = { ...env, ...bank, BANK_ACCOUNT: '9990001234' };
  await runScheduled(other, later(NOW, { minutes: 3 }));
  expect(told()).toHaveLength(4);
  expect(told().at(-1)?.text).toMatch(/Trước: 0123456789.*\nNay: 9990001234/);
  await runScheduled(env, later(NOW, { minutes: 4 }));
  expect(told().at(-1)?.text).toContain('Nay: chưa đặt.');
  expect(await count('bank_accounts')).toBe(3);
});
