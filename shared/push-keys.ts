import { splitKeyring } from './keyrings.ts';

/** A key pair by which push services know us (RFC 8292): a P-256 point and its private number, base64url without padding. */
export interface PushKeyPair {
  publicKey: string;
  privateKey: string;
}

const PAIR = /^(B[\w-]{86})\.([\w-]{43})$/;

/** The pairs of `VAPID_KEYS`, `<public>.<private>` with a space between them, newest first. None where push is off. */
export function readPushKeys(text: string | undefined): PushKeyPair[] {
  return splitKeyring(text ?? '').flatMap((pair) => {
    const [, publicKey, privateKey] = PAIR.exec(pair) ?? [];
    return publicKey === undefined || privateKey === undefined ? [] : [{ publicKey, privateKey }];
  });
}

/** What is wrong with `VAPID_KEYS` and how to mend it, without quoting a key; null where nothing is. */
export function findPushKeyFault(text: string | undefined): string | null {
  const pairs = splitKeyring(text ?? '');
  if (pairs.length === readPushKeys(text).length) return null;
  return 'VAPID_KEYS có cặp khóa không viết đúng dạng <công khai>.<riêng>: tạo cặp mới bằng npm run keys -- push.';
}
