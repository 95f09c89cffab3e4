/** Hands a link to the browser's own sharing; without that, copies it. `failed` where neither is possible. */
export async function shareLink(
  browser: { share?: Navigator['share']; clipboard?: Pick<Clipboard, 'writeText'> },
  url: string,
): Promise<'shared' | 'copied' | 'failed'> {
  try {
    if (browser.share !== undefined) {
      await browser.share({ url });
      return 'shared';
    }
    if (browser.clipboard === undefined) return 'failed';
    await browser.clipboard.writeText(url);
    return 'copied';
  } catch (error) {
    // Whoever closes the browser's own dialogue wants nothing else instead.
    return error instanceof DOMException && error.name === 'AbortError' ? 'shared' : 'failed';
  }
}
