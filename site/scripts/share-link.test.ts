import { expect, test, vi } from 'vitest';
import { shareLink } from './share-link.ts';

const URL = 'https://example.com/don/TS-1/?k=a';

test('shares by the browser where it can, and copies nothing', async () => {
  const share = vi.fn(() => Promise.resolve());
  const writeText = vi.fn(() => Promise.resolve());
  expect(await shareLink({ share, clipboard: { writeText } }, URL)).toBe('shared');
  expect(share).toHaveBeenCalledWith({ url: URL });
  expect(writeText).not.toHaveBeenCalled();
});

test('copies where the browser cannot share', async () => {
  const writeText = vi.fn(() => Promise.resolve());
  expect(await shareLink({ clipboard: { writeText } }, URL)).toBe('copied');
  expect(writeText).toHaveBeenCalledWith(URL);
});

test.each([
  ['failed', {}],
  ['failed', { clipboard: { writeText: () => Promise.reject(new Error('denied')) } }],
  ['failed', { share: () => Promise.reject(new DOMException('', 'NotAllowedError')) }],
  ['shared', { share: () => Promise.reject(new DOMException('', 'AbortError')) }],
] as const)('is %s otherwise', async (outcome, browser) => {
  expect(await shareLink(browser, URL)).toBe(outcome);
});
