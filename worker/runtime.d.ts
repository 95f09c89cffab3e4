/** The optional secret: key pairs for push to the phones of staff (shared/push-keys.ts); absent where push is off. */
interface Env {
  VAPID_KEYS?: string;
}

declare namespace Cloudflare {
  interface Env {
    VAPID_KEYS?: string;
  }
}

/** What workerd adds to the DOM types that site and worker share; throws a TypeError when the lengths differ. */
interface SubtleCrypto {
  timingSafeEqual(a: ArrayBuffer | ArrayBufferView, b: ArrayBuffer | ArrayBufferView): boolean;
}
