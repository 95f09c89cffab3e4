import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { addPolicy } from './page-policy.ts';

const page = (head: string) => `<html><head><meta charset="utf-8">${head}</head></html>`;
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('addPolicy', () => {
  test('names the styles and the inline scripts of the page before them', () => {
    const head = '<style>a{}</style><script type="module">run()</script><style>b{}</style>';
    const policy = `default-src 'self';img-src 'self' data:;script-src 'self' ${hash('run()')};style-src 'self' ${hash('a{}')} ${hash('b{}')}`;
    expect(addPolicy(page(head))).toBe(
      page(`<meta http-equiv="content-security-policy" content="${policy}">${head}`),
    );
  });

  test('names no script for data blocks and files', () => {
    const html = addPolicy(
      page('<script type="application/ld+json">{}</script><script src="/a.js"></script>'),
    );
    expect(html).toContain("script-src 'self';style-src 'self'");
  });

  test('lets no page go without one', () => {
    expect(() => addPolicy('<p>x</p>')).toThrow('no <meta charset');
  });
});
