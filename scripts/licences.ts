import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ROOT } from './tools/environment.mjs';
import { groupLicences, isAgreed } from './licences/group.ts';

const text = readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8');
const { packages } = JSON.parse(text) as { packages: Record<string, { license?: string }> };
const groups = groupLicences(packages);

for (const [licence, names] of groups) {
  const mark = isAgreed(licence) ? ' ' : '✗';
  const which = names.length <= 8 ? names.join(', ') : `${names.length} packages`;
  console.log(`${mark} ${licence}: ${which}`);
}
process.exitCode = groups.every(([licence]) => isAgreed(licence)) ? 0 : 1;
