/** Keeps the subjects of mails that are about to be sent; the one of a delivery's first attempt stays. */
export function keepSubjects(
  db: D1Database,
  mails: readonly { id: string; subject: string }[],
): D1PreparedStatement {
  return db
    .prepare(
      `update deliveries set mail_subject = mail.value ->> 'subject' from json_each(?) mail
       where deliveries.id = mail.value ->> 'id' and mail_subject is null`,
    )
    .bind(JSON.stringify(mails));
}
