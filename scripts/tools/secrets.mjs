import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { findKeyringFault, KEY_BYTES, keyringNames } from '../../shared/keyrings.ts';
import { ROOT } from './environment.mjs';

/** Adds random local keys to .dev.vars for the names that have none yet; only the owner may read the file. */
export function ensureLocalSecrets(folder = ROOT) {
  const file = path.join(folder, '.dev.vars');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const missing = keyringNames.filter((name) => !new RegExp(`^${name}\\s*=`, 'm').test(text));
  if (missing.length === 0) return;
  const gap = text === '' || text.endsWith('\n') ? '' : '\n';
  const lines = missing.map((name) => `${name}="${newKey()}"\n`);
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
  return keyringNames.flatMap((name) => (name in vars && findKeyringFault(name, vars[name])) || []);
}

/**
 * A random key for any of the keyrings.
 * @returns {string}
 */
export function newKey() {
  return `whsec_${randomBytes(KEY_BYTES).toString('base64')}`;
}
