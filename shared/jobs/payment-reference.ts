import { CODE_RANDOM_LENGTH, makeCode, parseCode } from './code.ts';

const PREFIX = 'TT';

/** A reference as it is typed or stands in a statement, in the form of `makePaymentReference`; null where it is none. */
export function parsePaymentReference(text: string): string | null {
  return parseCode(PREFIX, text);
}

/**
 * What a customer writes into a transfer, by which the office knows it: "TT7K3M2QX". It follows from the record's id, opens
 * nothing and is not the code.
 */
export async function makePaymentReference(id: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`payment:${id}`));
  return makeCode(PREFIX, new Uint8Array(digest).slice(0, CODE_RANDOM_LENGTH));
}
