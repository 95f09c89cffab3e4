import * as v from 'valibot';
import { consentWordings } from '../../shared/forms/consent.ts';
import type { LetterSignUp } from '../../shared/forms/letters.ts';
import { PersonSchema } from '../../shared/forms/person.ts';
import { letterRetention } from '../../shared/privacy/register-letters.ts';
import { addPeriod } from '../../shared/privacy/retention.ts';
import { readKeyring } from '../base/keyrings.ts';
import { draftReceipt } from '../personal-data/consent-receipt.ts';
import { discardKey } from '../personal-data/key-ends.ts';
import { openKeyStore, sealPerson, SIGN_UP_CODE } from '../personal-data/key-store.ts';
import { hashNetwork } from '../personal-data/network-key.ts';
import { keyedHash } from '../signing/tokens.ts';
import { takeTries } from '../store/limits.ts';
import { insertSignUp } from '../store/subscribers.ts';

/** Sign-ups in a Vietnamese day, of all and of one network. */
const DAY_LIMIT = 100;
const NETWORK_DAY_LIMIT = 5;
/** Hex digits of a network's hash by which its sign-ups are counted: 65,536 buckets tell networks apart and say nothing of one. */
const BUCKET_DIGITS = 4;

/**
 * Stores a sign-up and asks for its confirmation by mail, within the limits that keep the form from filling strangers' mailboxes.
 * Returns the delivery to wake, or null where no mail goes out; whoever signed up is told the same. Each time the same stores are
 * asked, so that the time of the answer tells nothing of an address either.
 */
export async function acceptSignUp(
  env: Env,
  { signUp, network, now }: { signUp: LetterSignUp; network: string | null; now: Date },
): Promise<string | null> {
  const networkHash = await hashNetwork(env.VAULT, network, now);
  const usedUp = await takeTries(
    env.DB,
    [
      ...(networkHash === null ? [] : [networkLimit(networkHash)]),
      { name: 'letters', limit: DAY_LIMIT, span: 'day' },
    ],
    now,
  );
  if (usedUp !== null) return null;
  const id = crypto.randomUUID();
  const askId = crypto.randomUUID();
  const keyEndsAt = addPeriod(now, letterRetention.unconfirmed.period);
  const person = v.parse(PersonSchema, { name: '', email: signUp.email });
  const record = { id, code: SIGN_UP_CODE, createdAt: now, endsAt: keyEndsAt };
  const sealed = await sealPerson(openKeyStore(env), record, person);
  const { asked, isNew } = await insertSignUp(env.DB, {
    id,
    askId,
    addressHash: await hashAddress(env, signUp.email),
    sealed,
    keyEndsAt,
    receipt: draftReceipt('marketing', signUp.policy, consentWordings.letters),
    askDays: letterRetention.askedAgain.period.days,
    now,
  });
  if (!isNew) await discardKey(env, id);
  return asked ? askId : null;
}

function networkLimit(hash: string) {
  const name = `letters:${hash.slice(0, BUCKET_DIGITS)}`;
  return { name, limit: NETWORK_DAY_LIMIT, span: 'day' } as const;
}

/** By the keys of the sealing, so that nobody who only signs links can look addresses up. */
function hashAddress(env: Env, address: string) {
  const keys = readKeyring('SEAL_KEYS', env.SEAL_KEYS);
  return keyedHash(keys, 'letters', address.toLowerCase());
}
