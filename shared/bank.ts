/** The company's bank account, as wrangler.toml names it. */
export interface BankAccount {
  /** Six digits by which the banks' network knows the bank. */
  bin: string;
  account: string;
  /** The holder, as the bank writes it. */
  name: string;
}

/** The variables of wrangler.toml that hold it. */
export const bankVariables = ['BANK_BIN', 'BANK_ACCOUNT', 'BANK_NAME'] as const;

export type BankVariables = Readonly<Partial<Record<(typeof bankVariables)[number], string>>>;

const shapes: Readonly<Record<(typeof bankVariables)[number], { fits: RegExp; words: string }>> = {
  BANK_BIN: { fits: /^\d{6}$/, words: 'sáu chữ số của ngân hàng (BIN), ví dụ 970436' },
  BANK_ACCOUNT: { fits: /^[0-9A-Z]{4,19}$/, words: 'số tài khoản, chỉ chữ số và chữ hoa' },
  BANK_NAME: { fits: /^\S.{1,98}\S$/, words: 'tên chủ tài khoản đúng như ngân hàng ghi' },
};

/** The account that customers pay into; null while it is not set, or not whole. */
export function readBank(vars: BankVariables): BankAccount | null {
  const { BANK_BIN: bin = '', BANK_ACCOUNT: account = '', BANK_NAME: name = '' } = vars;
  return listBankFaults(vars).length === 0 && bin !== '' ? { bin, account, name } : null;
}

/** What is wrong with the variables, by name. None while all are empty. */
export function listBankFaults(vars: BankVariables): { name: string; words: string }[] {
  if (bankVariables.every((name) => (vars[name] ?? '') === '')) return [];
  return bankVariables
    .filter((name) => !shapes[name].fits.test(vars[name] ?? ''))
    .map((name) => ({ name, words: shapes[name].words }));
}

/** The account in one line, or that there is none. */
export function formatBank(bank: BankAccount | null): string {
  return bank === null ? 'chưa đặt' : `${bank.account}, ngân hàng ${bank.bin}, tên ${bank.name}`;
}
