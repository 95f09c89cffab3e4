import { tidyCode } from '../text.ts';

/** Crockford's 32 symbols: no I, L, O, U. */
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Random characters of a code, before the check character. */
export const CODE_RANDOM_LENGTH = 6;

/** A request code such as `AB-8K3M2QX`: prefix, one character per random byte (its low five bits), check character. */
export function makeCode(prefix: string, random: Uint8Array): string {
  const body = Array.from(random.subarray(0, CODE_RANDOM_LENGTH), (byte) =>
    symbolAt(byte & 31),
  ).join('');
  return `${prefix}${body}${checkCharacter(body)}`;
}

/**
 * The code that a person meant: any case, with or without the prefix, with any dashes, spaces, brackets or other marks in it
 * or round it, O as 0, I and L as 1.
 * Null where the shape or the check character is wrong.
 */
export function parseCode(prefix: string, input: string): string | null {
  const letters = prefix.replace('-', '');
  const typed = tidyCode(input)
    .toUpperCase()
    .replace(/[\s\p{P}\p{S}]/gu, '');
  const bare = typed.length === CODE_RANDOM_LENGTH + 1;
  if (!bare && !typed.startsWith(letters)) return null;
  const body = (bare ? typed : typed.slice(letters.length))
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  if (body.length !== CODE_RANDOM_LENGTH + 1) return null;
  if (Array.from(body).some((symbol) => !SYMBOLS.includes(symbol))) return null;
  const random = body.slice(0, CODE_RANDOM_LENGTH);
  return checkCharacter(random) === body.slice(CODE_RANDOM_LENGTH) ? `${prefix}${body}` : null;
}

/** Luhn mod 32 over Crockford's symbols: catches every single wrong character and most swaps of neighbours. */
function checkCharacter(body: string): string {
  let sum = 0;
  Array.from(body)
    .reverse()
    .forEach((symbol, index) => {
      const doubled = SYMBOLS.indexOf(symbol) * (index % 2 === 0 ? 2 : 1);
      sum += Math.floor(doubled / 32) + (doubled % 32);
    });
  return symbolAt((32 - (sum % 32)) % 32);
}

function symbolAt(index: number): string {
  return SYMBOLS.charAt(index);
}
