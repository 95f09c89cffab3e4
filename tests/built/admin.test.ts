import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { DIST, readFiles } from './site.ts';

const headers = readFileSync(path.join(DIST, '_headers'), 'utf8');
const rules = /^\/admin\/\*\n((?: {2}.+\n)+)/m.exec(headers)?.[1] ?? '';
const html = readFileSync(path.join(DIST, 'admin/index.html'), 'utf8');

describe('/admin/', () => {
  test('stands on its own: no page links to it and no search finds it', () => {
    const pages = readFiles('.html').filter(({ file }) => !file.startsWith('admin/'));
    expect(pages.filter(({ text }) => /href="[^"]*\/admin\//.test(text))).toEqual([]);
    expect(readFileSync(path.join(DIST, 'sitemap-0.xml'), 'utf8')).not.toContain('/admin/');
    expect(html).toContain('content="noindex"');
    expect(rules).toContain('X-Robots-Tag: noindex');
  });

  test('has a policy of its own that lets it speak to GitHub and to nobody else', () => {
    expect(rules).toContain('! Content-Security-Policy');
    const [, policy = ''] = /^ {2}Content-Security-Policy: (.+)$/m.exec(rules) ?? [];
    const hosts = Array.from(policy.matchAll(/https?:\/\/[^\s;]+/g), ([host]) => host);
    expect(hosts.toSorted()).toEqual(['https://*.githubusercontent.com', 'https://api.github.com']);
    const scripts = /script-src ([^;]+)/.exec(policy)?.[1];
    expect(scripts).toBe("'self' 'wasm-unsafe-eval'");
  });

  test('brings all its own files and no map of them', () => {
    const files = readdirSync(path.join(DIST, 'admin'), { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
    const start = readFileSync(path.join(DIST, 'admin/start.mjs'), 'utf8');
    const imports = Array.from(start.matchAll(/'\.\/([^']+)'/g), ([, file = '']) => file);
    expect(imports).toHaveLength(3);
    for (const file of imports)
      expect([file, existsSync(path.join(DIST, 'admin', file))]).toEqual([file, true]);
    expect(files.some((file) => file.endsWith('.woff2'))).toBe(true);
  });
});
