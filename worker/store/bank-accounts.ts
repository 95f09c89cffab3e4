import * as v from 'valibot';
import type { BankAccount } from '../../shared/bank.ts';
import { readRows } from './rows.ts';

const BankRowSchema = v.object({
  n: v.number(),
  bin: v.string(),
  account: v.string(),
  name: v.string(),
});

/** The account as it was set at one time; its parts are empty where there was none. */
export type StoredBank = v.InferOutput<typeof BankRowSchema>;

/** The newest two, the newest first. */
export async function listNewestBanks(db: D1Database): Promise<StoredBank[]> {
  const { results } = await db
    .prepare('select n, bin, account, name from bank_accounts order by n desc limit 2')
    .all();
  return readRows(BankRowSchema, results);
}

/** Writes down the account from now on, as number `n`; a number that is there stays. */
export function insertBank(
  db: D1Database,
  { n, bin, account, name, since }: StoredBank & { since: Date },
): D1PreparedStatement {
  return db
    .prepare(
      `insert into bank_accounts (n, bin, account, name, since) values (?1, ?2, ?3, ?4, ?5) on conflict do nothing`,
    )
    .bind(n, bin, account, name, since.toISOString());
}

/** The account of a row; null where there was none. */
export function bankOf(row: StoredBank | undefined): BankAccount | null {
  return row === undefined || row.bin === '' ? null : row;
}
