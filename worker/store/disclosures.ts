import * as v from 'valibot';
import type { PersonalField } from '../../shared/privacy/register.ts';
import { instant, readRows } from './rows.ts';

/**
 * What is known of a disclosure: `attempted` when it was sent and no answer was seen, `refused` when the recipient
 * answered no, `delivered` when it took it, `opened` when staff read the details on their page.
 */
const disclosureResults = ['attempted', 'refused', 'delivered', 'opened'] as const;

/** The kind of an opening by a crew, by the link to its day; staff's own openings are `opened`. */
export const CREW_OPENED = 'opened-by-crew';

/** A field as a disclosure names it: a personal field, the phone number with its middle digits hidden, or pictures. */
export type DisclosedField = PersonalField | 'maskedPhone' | 'photos';

const DisclosureRowSchema = v.pipe(
  v.object({
    id: v.string(),
    recipient: v.picklist(['dispatch', 'office', 'customer', 'staff']),
    kind: v.string(),
    fields: v.pipe(v.string(), v.parseJson(), v.array(v.string())),
    result: v.picklist(disclosureResults),
    at: instant,
    sends: v.number(),
    first_at: v.nullable(instant),
  }),
  v.transform(({ first_at: firstAt, ...row }) => ({ ...row, firstAt: firstAt ?? row.at })),
);

/** Who received which fields of a record when. `at` is the last and `firstAt` the first of `sends` times. */
export type Disclosure = v.InferOutput<typeof DisclosureRowSchema>;

export interface NewDisclosure {
  /** The delivery's id; where staff opened the details, an id of its own. */
  id: string;
  subjectId: string;
  recipient: Disclosure['recipient'];
  kind: string;
  fields: readonly DisclosedField[];
  result: Disclosure['result'];
  at: Date;
}

/** Writes disclosures. A repeated attempt of a delivery is counted in its row, which names the fields of all attempts. */
export function insertDisclosures(
  db: D1Database,
  disclosures: readonly NewDisclosure[],
): D1PreparedStatement {
  return db
    .prepare(
      `insert into disclosures (id, subject_id, recipient, kind, fields, result, at, first_at)
       select value ->> 'id', value ->> 'subjectId', value ->> 'recipient', value ->> 'kind', value -> 'fields', value ->> 'result',
         value ->> 'at', value ->> 'at' from json_each(?) where true
       on conflict (id) do update set result = excluded.result, at = excluded.at, sends = sends + 1,
         first_at = coalesce(first_at, disclosures.at),
         fields = case when disclosures.fields = excluded.fields then excluded.fields else (
           select json_group_array(value) from (
             select value from json_each(disclosures.fields) union select value from json_each(excluded.fields))) end`,
    )
    .bind(JSON.stringify(disclosures));
}

/** Writes what is known by now of disclosures. */
export function finishDisclosures(
  db: D1Database,
  known: readonly Pick<Disclosure, 'id' | 'result'>[],
): D1PreparedStatement {
  return db
    .prepare(
      `update disclosures set result = known.value ->> 'result' from json_each(?) known
       where disclosures.id = known.value ->> 'id'`,
    )
    .bind(JSON.stringify(known));
}

/** The disclosures of a record, oldest first. */
export async function listDisclosures(db: D1Database, subjectId: string): Promise<Disclosure[]> {
  const { results } = await db
    .prepare('select * from disclosures where subject_id = ? order by at')
    .bind(subjectId)
    .all();
  return readRows(DisclosureRowSchema, results);
}
