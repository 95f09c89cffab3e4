import type { Delivery } from '../store/deliveries.ts';
import { type Disclosure, type DisclosedField, insertDisclosure } from '../store/disclosures.ts';

/** A delivery that is about to disclose something. */
export interface Disclosing {
  env: Env;
  delivery: Delivery;
  now: Date;
}

/** Writes into the ledger what a delivery is about to disclose, before anything leaves; a repeat is counted in its row. */
export async function writeLedger(
  { env, delivery, now }: Disclosing,
  recipient: Disclosure['recipient'],
  fields: readonly DisclosedField[],
): Promise<void> {
  await insertDisclosure(env.DB, {
    id: delivery.id,
    subjectId: delivery.subjectId,
    recipient,
    kind: delivery.kind,
    fields,
    result: 'attempted',
    at: now,
  }).run();
}
