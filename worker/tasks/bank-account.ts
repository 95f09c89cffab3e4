import { formatBank, readBank } from '../../shared/bank.ts';
import { bankOf, insertBank, listNewestBanks } from '../store/bank-accounts.ts';
import { insertSystemMail } from '../store/system-mails.ts';

const NO_BANK = { bin: '', account: '', name: '' };

/**
 * Tells both staff addresses where the account that customers pay into is another one than before, whoever changed it: the Worker
 * compares its own settings with what it saw last.
 */
export async function noticeBankAccount(env: Env, now: Date): Promise<void> {
  const bank = readBank(env);
  const [last] = await listNewestBanks(env.DB);
  if (formatBank(bankOf(last)) === formatBank(bank)) return;
  const n = (last?.n ?? 0) + 1;
  const mails = (['first', 'second'] as const).map((address) => {
    const subjectId = `bank-account:${n}:${address}`;
    const mail = { id: crypto.randomUUID(), kind: 'bank-account', subjectId } as const;
    return insertSystemMail(env.DB, { ...mail, dedupeKey: subjectId, dueAt: now, now });
  });
  await env.DB.batch([insertBank(env.DB, { n, ...(bank ?? NO_BANK), since: now }), ...mails]);
}
