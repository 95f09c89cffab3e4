import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/tools/environment.mjs';
import { findCompanyNames, firstCompany } from '../another-business/company-names.ts';

/** What the product is made of; the editor at public/admin/ is built from the content. */
const PRODUCT = ['public', 'scripts', 'shared', 'site', 'worker'];
const NOT_OURS = /\.test\.ts$|^worker\/test\/|^public\/admin\//;

function listFiles(): string[] {
  return PRODUCT.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file}`)
      .filter((file) => !NOT_OURS.test(file) && statSync(path.join(ROOT, file)).isFile()),
  );
}

test('the product names no company, place, service or file of content/', () => {
  expect(findCompanyNames(firstCompany.join('\n'))).toEqual(firstCompany);
  const files = listFiles();
  expect(new Set(files.map((file) => file.split('/')[0]))).toEqual(new Set(PRODUCT));
  const found = files.flatMap((file) =>
    findCompanyNames(readFileSync(path.join(ROOT, file), 'utf8')).map((one) => `${file}: ${one}`),
  );
  expect(found).toEqual([]);
});
