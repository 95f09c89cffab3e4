import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../../scripts/tools/environment.mjs';
import { linkPackages } from '../project-copy.ts';
import { type WranglerValues, setWranglerValues } from '../wrangler-values.ts';

const HERE = import.meta.dirname;

/** What the other business keeps of the project. public/admin/ is left out: the build writes it. */
const PRODUCT = [
  ...['content/schemas', 'content/README.md', 'public', 'scripts', 'shared', 'site', 'worker'],
  ...['tests', 'astro.config.mjs', 'package.json', 'playwright.config.ts'],
  ...['tsconfig.json', 'vitest.config.ts', 'wrangler.toml', 'worker-configuration.d.ts'],
];

/** The values that docs/another-business.md asks for in wrangler.toml. */
const VALUES = JSON.parse(readFileSync(path.join(HERE, 'wrangler.json'), 'utf8')) as WranglerValues;

/** A copy of the project with the other business's content and values; `remove` deletes it. */
export function makeOtherCheckout(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'another-'));
  for (const part of PRODUCT) {
    const filter = (source: string) => !source.startsWith(path.join(ROOT, 'public', 'admin'));
    cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true, filter });
  }
  cpSync(path.join(HERE, 'content'), path.join(folder, 'content'), { recursive: true });
  linkPackages(path.join(folder, 'node_modules'));
  const config = path.join(folder, 'wrangler.toml');
  writeFileSync(config, setWranglerValues(readFileSync(config, 'utf8'), VALUES));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
