/** A prime: whichever single digit is mistyped, or whichever neighbours are swapped, the remainder is another one. */
const BUCKETS = 9973;

/**
 * What a trace is made from instead of a phone number: a remainder that tens of thousands of numbers share, so that trying
 * them all, even with the keys in hand, gives none of them back. Enough to notice a repeat.
 */
export function phoneBucket(e164: string): string {
  return String(Number(e164.replace('+', '')) % BUCKETS);
}
