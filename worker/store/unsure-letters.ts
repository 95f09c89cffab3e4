/** A letter whose attempt left no result may have been sent: it is never sent a second time. */
export function closeUnsureLetters(db: D1Database, now: Date): D1PreparedStatement {
  return db
    .prepare(
      `update deliveries set status = 'superseded', settled_at = ?1, last_result = 'unsure', lease_ends_at = null
       where status = 'sending' and lease_ends_at <= ?1 and channel = 'letter'`,
    )
    .bind(now.toISOString());
}
