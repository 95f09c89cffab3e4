import * as v from 'valibot';
import type { Delivery } from './deliveries.ts';
import { readRow } from './rows.ts';

/** The mail with the subject that the first attempt of its delivery had, so that a repeat is seen as one; the first attempt's is kept. */
export async function withFirstSubject<T extends { subject: string }>(
  db: D1Database,
  { id }: Pick<Delivery, 'id'>,
  mail: T,
): Promise<T> {
  const row = await db
    .prepare(
      `update deliveries set mail_subject = coalesce(mail_subject, ?2) where id = ?1
       returning mail_subject as subject`,
    )
    .bind(id, mail.subject)
    .first();
  const first = readRow(v.object({ subject: v.string() }), row);
  return first === null ? mail : { ...mail, subject: first.subject };
}
