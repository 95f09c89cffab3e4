/**
 * Writes a reminder to the customer of each confirmed visit of a day that has not begun, once a booking and day. Whether the
 * customer left an address is sealed: the delivery finds out when it is sent.
 */
export function insertReminders(db: D1Database, day: string, now: Date): D1PreparedStatement {
  return db
    .prepare(
      `insert into deliveries (id, subject_kind, subject_id, channel, kind, version, status, attempts, next_attempt_at,
         dedupe_key, created_at)
       select lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' ||
           substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
         'booking', id, 'customer-email', 'booking.reminder', version, 'due', 0, ?2, 'reminder:' || id || ':' || ?1, ?2
       from bookings where visit_date = ?1 and state = 'confirmed' and visit_starts_at > ?2 and erased_at is null
       on conflict do nothing`,
    )
    .bind(day, now.toISOString());
}
