import { type BookingState, isLive } from '../states.ts';

export const paymentMethods = ['cash', 'transfer'] as const;

export type PaymentMethod = (typeof paymentMethods)[number];

export const paymentMethodNames: Readonly<Record<PaymentMethod, string>> = {
  cash: 'Tiền mặt',
  transfer: 'Chuyển khoản',
};

/** Days in which a payment that was noted can be undone. */
export const PAYMENT_UNDO_DAYS = 1;

/** A price that staff told a customer; the newest has the highest version. */
export interface Price {
  version: number;
  amountVnd: number;
  at: Date;
  /** Who said yes and when; null while nobody has. */
  agreed: { by: 'customer' | 'phone'; at: Date; version: number } | null;
}

/** Money that staff noted; what was undone counts for nothing. */
export interface Payment {
  n: number;
  amountVnd: number;
  method: PaymentMethod;
  at: Date;
  undoneAt: Date | null;
}

/** What a job costs and what is paid of it, in whole đồng. */
export interface Balance {
  /** The newest price, agreed or not; null where there is none. */
  newest: Price | null;
  /** The newest price that was agreed to; null where there is none. */
  agreed: Price | null;
  paidVnd: number;
  cashVnd: number;
  transferVnd: number;
  /** What is left to pay of the agreed price, never below zero; null where nothing was agreed. */
  openVnd: number | null;
  /** What may be asked for now: nothing unless the newest price is the agreed one and not paid yet. */
  dueVnd: number | null;
}

export function balanceOf(prices: readonly Price[], payments: readonly Payment[]): Balance {
  const ordered = prices.toSorted((a, b) => b.version - a.version);
  const newest = ordered[0] ?? null;
  const agreed = ordered.find((price) => price.agreed !== null) ?? null;
  const cashVnd = sumOf(payments, 'cash');
  const transferVnd = sumOf(payments, 'transfer');
  const paidVnd = cashVnd + transferVnd;
  const openVnd = openSum(agreed?.amountVnd ?? null, paidVnd);
  const isDue = newest !== null && newest === agreed && openVnd !== null && openVnd > 0;
  return {
    ...{ newest, agreed, cashVnd, transferVnd, paidVnd, openVnd },
    dueVnd: isDue ? openVnd : null,
  };
}

/** A balance as it stands in a state of its booking: nothing is owed for a visit that does not take place. */
export function owedIn(state: BookingState, balance: Balance): Balance {
  const isOwed = isLive(state) || state === 'completed';
  return isOwed ? balance : { ...balance, openVnd: null, dueVnd: null };
}

/** Whether a visit is over and the newest price is paid, so that nobody's yes to it is waited for. */
export function isSettled(state: BookingState, { newest, paidVnd }: Balance): boolean {
  return state === 'completed' && newest !== null && paidVnd >= newest.amountVnd;
}

/** What is left to pay of an agreed sum; null where nothing was agreed. */
export function openSum(agreedVnd: number | null, paidVnd: number): number | null {
  return agreedVnd === null ? null : Math.max(0, agreedVnd - paidVnd);
}

function sumOf(payments: readonly Payment[], method: PaymentMethod): number {
  return payments
    .filter((payment) => payment.undoneAt === null && payment.method === method)
    .reduce((sum, { amountVnd }) => sum + amountVnd, 0);
}
