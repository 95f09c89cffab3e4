import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './environment.mjs';

const NAMES = ['SEAL_KEYS', 'LINK_KEYS', 'DISPATCH_KEYS'];

/** Adds random local keys to .dev.vars for the names that have none yet; only the owner may read the file. */
export function ensureLocalSecrets(folder = ROOT) {
  const file = path.join(folder, '.dev.vars');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const missing = NAMES.filter((name) => !new RegExp(`^${name}\\s*=`, 'm').test(text));
  if (missing.length === 0) return;
  const gap = text === '' || text.endsWith('\n') ? '' : '\n';
  const lines = missing.map((name) => `${name}="${newKey()}"\n`);
  appendFileSync(file, gap + lines.join(''), { mode: 0o600 });
  chmodSync(file, 0o600);
}

/**
 * A random key for SEAL_KEYS, LINK_KEYS or DISPATCH_KEYS.
 * @returns {string}
 */
export function newKey() {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
