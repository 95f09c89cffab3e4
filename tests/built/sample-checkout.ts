import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makeCheckout, runInCheckout } from '../../scripts/tools/checkout.ts';
import { copySample } from '../another-business/sample.ts';

/** The same with content that stands still, whatever the owner writes, and in the form of the editor. */
export function makeSampleCheckout(): ReturnType<typeof makeCheckout> {
  const checkout = makeCheckout();
  const content = path.join(checkout.folder, 'content');
  for (const name of readdirSync(content).filter((one) => !PRODUCTS_OWN.includes(one))) {
    rmSync(path.join(content, name), { recursive: true });
  }
  copySample(checkout.folder);
  runInCheckout(checkout.folder, 'scripts/content.ts', 'check', '--fix');
  return checkout;
}

/** What another business keeps in content/. */
const PRODUCTS_OWN = ['schemas', 'README.md'];
