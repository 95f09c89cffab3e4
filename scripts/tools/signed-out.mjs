const SIGNS = /necessary to set a CLOUDFLARE_API_TOKEN|not authenticated/i;

/** The message where a command needs a Cloudflare account and none is signed in. */
export const SIGNED_OUT =
  'Chưa đăng nhập Cloudflare: chạy npx wrangler login, hoặc đặt CLOUDFLARE_API_TOKEN.';

/**
 * Whether wrangler's output says that no account is signed in.
 * @param {string} output
 */
export function isSignedOut(output) {
  return SIGNS.test(output);
}
