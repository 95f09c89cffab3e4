import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DIST } from './site.ts';

/** Whether git knows when each page's source changed: only in a repository with its whole history. */
function hasHistory(): boolean {
  const args = ['rev-parse', '--is-shallow-repository', '--verify', 'HEAD'];
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8' });
  return status === 0 && stdout.startsWith('false');
}

test('the sitemap says when pages changed that carry no date themselves, where git knows', () => {
  const sitemap = readFileSync(path.join(DIST, 'sitemap-0.xml'), 'utf8');
  const home = /<url><loc>https?:\/\/[^/<]+\/<\/loc>(.*?)<\/url>/.exec(sitemap)?.[1];
  expect(home).toMatch(hasHistory() ? /^<lastmod>\d{4}-\d\d-\d\dT[\d:.]+Z<\/lastmod>$/ : /^$/);
});
