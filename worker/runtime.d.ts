/** What workerd adds to the DOM types that site and worker share; throws a TypeError when the lengths differ. */
interface SubtleCrypto {
  timingSafeEqual(a: ArrayBuffer | ArrayBufferView, b: ArrayBuffer | ArrayBufferView): boolean;
}
