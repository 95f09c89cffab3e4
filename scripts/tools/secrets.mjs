import { createECDH, randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { findKeyringFault, KEY_BYTES, keyringNames } from '../../shared/keyrings.ts';
import { findPushKeyFault } from '../../shared/push-keys.ts';
import { ROOT } from './environment.mjs';

const PUSH_KEYS = 'VAPID_KEYS';

/** Adds random local keys to .dev.vars for the names that have none yet; only the owner may read the file. */
export function ensureLocalSecrets(folder = ROOT) {
  const file = path.join(folder, '.dev.vars');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const lines = [...keyringNames, PUSH_KEYS].flatMap((name) => {
    if (new RegExp(`^${name}\\s*=`, 'm').test(text)) return [];
    return [`${name}="${name === PUSH_KEYS ? newPushKeyPair() : newKey()}"\n`];
  });
  if (lines.length === 0) return;
  const gap = text === '' || text.endsWith('\n') ? '' : '\n';
  appendFileSync(file, gap + lines.join(''), { mode: 0o600 });
  chmodSync(file, 0o600);
}

/**
 * What is wrong with the keys that .dev.vars has, a sentence a name; none where there is no such file.
 * @returns {string[]}
 */
export function findLocalKeyFaults(folder = ROOT) {
  const file = path.join(folder, '.dev.vars');
  const vars = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return [
    ...keyringNames.flatMap((name) => (name in vars && findKeyringFault(name, vars[name])) || []),
    ...[findPushKeyFault(vars[PUSH_KEYS])].filter((fault) => fault !== null),
  ];
}

/**
 * A random key for any of the keyrings.
 * @returns {string}
 */
export function newKey() {
  return `whsec_${randomBytes(KEY_BYTES).toString('base64')}`;
}

/**
 * A pair of keys by which push services know the site, `<public>.<private>`.
 * @returns {string}
 */
export function newPushKeyPair() {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  const number = pair.getPrivateKey('base64url');
  // One of 256 begins with a zero byte, which is left out: then another pair is drawn.
  return number.length < 43 ? newPushKeyPair() : `${pair.getPublicKey('base64url')}.${number}`;
}
