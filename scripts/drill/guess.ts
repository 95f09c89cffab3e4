import { toE164 } from '../../shared/phone.ts';
import { phoneBucket } from '../../worker/records/sender-hashes.ts';
import { keyedHash, readLinkKeys } from '../../worker/signing/tokens.ts';

/** Numbers tried, from the first of the made-up block on. */
const BLOCK = 1000;

/** The phone numbers of a block whose keyed hash, under any of the keys, stands in a text. */
export async function guessPhones(env: Env, text: string): Promise<string[]> {
  const keys = readLinkKeys(env.LINK_KEYS);
  const numbers = Array.from({ length: BLOCK }, (_, n) => `0912 000 ${String(n).padStart(3, '0')}`);
  const found = await Promise.all(
    numbers.map(async (number) => {
      const folded = phoneBucket(toE164(number.replaceAll(' ', '')));
      const { live } = await keyedHash(keys, 'phone', folded);
      return live.some((hash) => text.includes(`'${hash}'`)) ? [number] : [];
    }),
  );
  return found.flat();
}
