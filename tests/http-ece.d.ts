declare module 'http_ece' {
  import type { ECDH } from 'node:crypto';
  export function decrypt(
    body: Uint8Array,
    params: { version: 'aes128gcm'; privateKey: ECDH; authSecret: string },
  ): Uint8Array;
}
