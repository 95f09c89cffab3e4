import type { Delivery } from '../store/deliveries.ts';
import { type Disclosure, type DisclosedField, insertDisclosure } from '../store/disclosures.ts';

/** A delivery that is about to disclose something. */
export interface Disclosing<D extends Delivery = Delivery> {
  env: Env;
  delivery: D;
  now: Date;
}

/** Writes what a delivery is about to disclose into the record of disclosures, before anything is sent. */
export async function writeDisclosure(
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
