import type { DeliveryRow } from './deliveries.ts';

/** Whether a record's mails to staff were written, and delivered, before a given one. */
export async function readEarlierStaffMails(
  db: D1Database,
  { id, subjectId }: Pick<DeliveryRow, 'id' | 'subjectId'>,
): Promise<'none' | 'undelivered' | 'delivered'> {
  const row = await db
    .prepare(
      `select iif(status = 'delivered', 'delivered', 'undelivered') as found from deliveries
       where subject_id = ?1 and channel = 'staff-email' and id <> ?2 order by status = 'delivered' desc limit 1`,
    )
    .bind(subjectId, id)
    .first<{ found: 'undelivered' | 'delivered' }>();
  return row?.found ?? 'none';
}
