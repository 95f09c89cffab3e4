/** The secrets that hold keys, each as a space-separated list of `whsec_<base64>` with the newest key first. */
export const keyringNames = ['SEAL_KEYS', 'LINK_KEYS', 'STAFF_KEYS', 'DISPATCH_KEYS'] as const;

export type KeyringName = (typeof keyringNames)[number];

/** Length of a key in bytes. Keys of `SEAL_KEYS` have exactly this length, since AES-256 takes no other. */
export const KEY_BYTES = 32;

/** The keys of a keyring as they are written. */
export function splitKeyring(text: string): string[] {
  return text.split(/\s+/).filter((key) => key !== '');
}

/** What is wrong with a keyring and how to mend it, without quoting a key; null where nothing is wrong. */
export function findKeyringFault(name: KeyringName, text: string | undefined): string | null {
  const keys = splitKeyring(text ?? '');
  const faults = keys.length === 0 ? ['chưa có khóa'] : keys.map((key) => keyFault(name, key));
  const fault = faults.find((one) => one !== null);
  return fault === undefined ? null : `${name} ${fault}: tạo khóa mới bằng npm run keys.`;
}

function keyFault(name: KeyringName, key: string): string | null {
  const bytes = countBytes(key);
  if (bytes === null) return 'có khóa không viết đúng dạng whsec_<base64>';
  if (bytes < KEY_BYTES) return `có khóa ngắn hơn ${KEY_BYTES} byte`;
  return name === 'SEAL_KEYS' && bytes > KEY_BYTES ? `có khóa dài hơn ${KEY_BYTES} byte` : null;
}

function countBytes(key: string): number | null {
  const base64 = /^whsec_([A-Za-z0-9+/]*={0,2})$/.exec(key)?.[1];
  if (base64 === undefined) return null;
  try {
    return atob(base64).length;
  } catch {
    return null;
  }
}
