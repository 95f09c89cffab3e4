/**
 * The directives of the Content-Security-Policy that are the same for every answer. Those for scripts and styles stand in each
 * page's meta tag.
 */
const CONTENT_SECURITY = [
  "frame-ancestors 'none'",
  "form-action 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
].join('; ');

/** Headers of every answer, whether an asset or made by the Worker; `public/_headers` must agree (a test compares). */
export const securityHeaders = {
  'Content-Security-Policy': CONTENT_SECURITY,
  'Strict-Transport-Security': 'max-age=63072000',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy':
    'accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const satisfies Readonly<Record<string, string>>;

/** Whether the addresses of a path hold a token that opens a record. */
export function holdsToken(path: string): boolean {
  return /^\/(?:(?:don|viec)(?:\/|$)|ban-tin\/.)/.test(path);
}

/**
 * Referrer-Policy of the answer to a path. A page whose address holds a token names only its origin to whatever it asks for,
 * its icon included; its forms still send their `Origin`.
 */
export function referrerPolicy(path: string): string {
  return holdsToken(path) ? 'strict-origin' : securityHeaders['Referrer-Policy'];
}
