import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makeCheckout, runInCheckout } from '../../scripts/tools/checkout.ts';
import { copySample } from '../another-business/sample.ts';

/** The same with content that stands still, whatever the owner writes, and in the form of the editor. */
export function makeSampleCheckout(): ReturnType<typeof makeCheckout> {
  const house = makeCheckout();
  const content = path.join(house.folder, 'content');
  for (const name of readdirSync(content).filter((one) => !PRODUCTS_OWN.includes(one))) {
    rmSync(path.join(content, name), { recursive: true });
  }
  copySample(house.folder);
  runInCheckout(house.folder, 'scripts/content.ts', 'check', '--fix');
  return house;
}

/** What another business keeps in content/. */
const PRODUCTS_OWN = ['schemas', 'README.md'];
