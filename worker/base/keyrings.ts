import {
  findKeyringFault,
  type KeyringName,
  keyringNames,
  splitKeyring,
} from '../../shared/keyrings.ts';
import { SettingError } from './failures.ts';

/** The keys of one secret, newest first. All of them verify and open, the first one signs and seals. */
export type Keyring = readonly string[];

/** Keyrings found right, by name and text: they are read at every request and stay the same. */
const known = new Map<string, Keyring>();

/** The keys of a secret. Throws where it has none, or one that is too short: what it signs could be forged. */
export function readKeyring(name: KeyringName, text: string | undefined): Keyring {
  const cached = known.get(`${name} ${text}`);
  if (cached !== undefined) return cached;
  const fault = findKeyringFault(name, text);
  if (fault !== null) throw new SettingError(fault);
  const keys = splitKeyring(text ?? '');
  known.set(`${name} ${text}`, keys);
  return keys;
}

/** The secrets of an environment that are missing or hold a key that may not be used. */
export function listBadKeyrings(env: Env): KeyringName[] {
  return keyringNames.filter(
    (name) => !known.has(`${name} ${env[name]}`) && findKeyringFault(name, env[name]) !== null,
  );
}
