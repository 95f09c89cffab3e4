import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { type BankVariables, formatBank, readBank } from '../../shared/bank.ts';

const DIGITS = 4;

/** Gives what a person typed as the last four characters of an account; empty where nobody is there to type. */
export type AskAccount = () => Promise<string>;

/** Asks at the terminal; `given` is what the command was started with. */
export function askAtTerminal(given: string | undefined): AskAccount {
  return async () => {
    if (given !== undefined) return given;
    if (!process.stdin.isTTY) return '';
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    try {
      return await terminal.question(`Gõ ${DIGITS} ký tự cuối của số tài khoản mới rồi Enter: `);
    } finally {
      terminal.close();
    }
  };
}

/**
 * Whether the account that customers pay into may become what the settings say. Where it changes, old and new are named, and
 * someone has to type the end of the new number, read from the bank's own paper.
 */
export async function confirmBank(
  live: BankVariables,
  next: BankVariables,
  ask: AskAccount,
): Promise<boolean> {
  const [before, after] = [readBank(live), readBank(next)];
  if (formatBank(before) === formatBank(after)) return true;
  console.log(`Tài khoản nhận tiền của khách sẽ đổi.
  Cũ: ${formatBank(before)}
  Mới: ${formatBank(after)}
Hai hộp thư của nhân viên sẽ nhận thư báo việc này.`);
  if (after === null) return true;
  if ((await ask()).trim() === after.account.slice(-DIGITS)) return true;
  console.log(
    `Chưa đưa lên, chưa đổi gì: cần ${DIGITS} ký tự cuối của số tài khoản mới. Đối chiếu với giấy của ngân hàng rồi chạy lại, hoặc thêm --account-ends <${DIGITS} ký tự cuối>.`,
  );
  return false;
}
