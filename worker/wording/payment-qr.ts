import { encode } from 'uqr';
import { BanksObject, QRPay } from 'vietnam-qr-pay';
import { type BankAccount, type BankVariables, readBank } from '../../shared/bank.ts';
import type { Balance } from '../../shared/jobs/balance.ts';
import { makePaymentReference } from '../../shared/jobs/payment-reference.ts';
import { formatVnd } from '../../shared/money.ts';

/** Empty modules round the code, as ISO 18004 wants them. */
const QUIET_ZONE = 4;

/** What is paid into which account under which reference. */
export interface Transfer {
  bank: BankAccount;
  amountVnd: number;
  reference: string;
}

/** The content of a VietQR code (EMVCo, transfer to an account number). */
export function makePayload({ bank, amountVnd, reference }: Transfer): string {
  return QRPay.initVietQR({
    bankBin: bank.bin,
    bankNumber: bank.account,
    amount: String(amountVnd),
    purpose: reference,
  }).build();
}

/** The code to pay what is due of a record by; null where nothing agreed is due, or no account is set. */
export async function dueTransfer(vars: BankVariables, id: string, { dueVnd }: Balance) {
  const bank = readBank(vars);
  if (bank === null || dueVnd === null) return null;
  return describeTransfer({ bank, amountVnd: dueVnd, reference: await makePaymentReference(id) });
}

/** A transfer as the page shows it: the code as the path of an SVG, and what to type where nothing can scan it. */
export function describeTransfer(transfer: Transfer) {
  const { bank, amountVnd, reference } = transfer;
  const { data, size } = encode(makePayload(transfer), { ecc: 'M', border: QUIET_ZONE });
  const known = Object.values(BanksObject).find(({ bin }) => bin === bank.bin);
  return {
    box: `0 0 ${size} ${size}`,
    path: data.flatMap(drawRow).join(''),
    bank: known?.shortName ?? bank.bin,
    account: bank.account,
    name: bank.name,
    amount: formatVnd(amountVnd),
    reference,
  };
}

/** The dark modules of a row, each run of them one rectangle. */
function drawRow(row: readonly boolean[], y: number): string[] {
  const line = row.map((isDark) => (isDark ? '1' : '0')).join('');
  return Array.from(
    line.matchAll(/1+/g),
    ({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`,
  );
}
