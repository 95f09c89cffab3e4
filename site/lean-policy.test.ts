import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { leanPolicy } from './lean-policy.ts';

const page = (head: string) =>
  `<head><meta http-equiv="content-security-policy" content="default-src 'self';img-src 'self' data:; script-src 'self' 'sha256-other='; style-src 'self' 'sha256-more=';">${head}</head>`;
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('leanPolicy', () => {
  test('names the styles and the inline scripts of the page only', () => {
    const html = leanPolicy(
      page('<style>a{}</style><script type="module">run()</script><style>b{}</style>'),
    );
    expect(html).toContain(
      `content="default-src 'self';img-src 'self' data:;script-src 'self' ${hash('run()')};style-src 'self' ${hash('a{}')} ${hash('b{}')}"`,
    );
  });

  test('names no script for data blocks and files', () => {
    const html = leanPolicy(
      page('<script type="application/ld+json">{}</script><script src="/a.js"></script>'),
    );
    expect(html).toContain("script-src 'self';style-src 'self'");
  });
});
