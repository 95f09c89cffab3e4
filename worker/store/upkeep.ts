/** Days before the last sweep in which a declined booking may still have its seats, should this step have failed for long. */
const FREE_AGAIN_DAYS = 7;

/** Gives back the seats of bookings that were declined at or before an instant: their undo has ended. */
export function freeDeclinedSeats(db: D1Database, declinedBy: Date): D1PreparedStatement {
  return db
    .prepare(
      `delete from seats where booking_id in (
         select id from bookings where state = 'declined' and state_at <= ?1 and state_at > coalesce((
           select strftime('%Y-%m-%dT%H:%M:%fZ', ran_at, '-${FREE_AGAIN_DAYS} days') from task_runs where task = 'deliveries'
         ), '')
       )`,
    )
    .bind(declinedBy.toISOString());
}

/** Clears the counts of tries of hours before the one given (`YYYY-MM-DDTHH`). */
export function clearTries(db: D1Database, hour: string): D1PreparedStatement {
  return db.prepare('delete from tries where hour < ?').bind(hour);
}

/**
 * Writes the reminder to the customer of each visit of a day that is confirmed and has not begun, once a booking and day.
 * Whether an address was left is sealed, so the mail finds out when it is due.
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
