const SIGNS = /necessary to set a CLOUDFLARE_API_TOKEN|not authenticated/i;

/** What the owner is told when a command needs an account and there is none. */
export const SIGNED_OUT =
  'Chưa đăng nhập Cloudflare: chạy npx wrangler login, hoặc đặt CLOUDFLARE_API_TOKEN.';

/**
 * Whether wrangler said that it asked for an account in vain.
 * @param {string} output
 */
export function isSignedOut(output) {
  return SIGNS.test(output);
}
