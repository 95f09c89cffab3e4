import { later } from '../../shared/time.ts';

type SubjectKind = 'booking' | 'message';

const tables: Readonly<Record<SubjectKind, string>> = { booking: 'bookings', message: 'messages' };

/** Minutes of pictures that one mail to staff stands for: a phone sends them one after the other. */
const SPAN_MINUTES = 10;

/** Writes the mail to staff that a booking or a complaint has new pictures, once in ten minutes; it goes out when they are over. */
export function insertPhotoMail(
  db: D1Database,
  { kind, id }: { kind: SubjectKind; id: string },
  now: Date,
): D1PreparedStatement {
  const span = SPAN_MINUTES * 60_000;
  const startsAt = new Date(Math.floor(now.getTime() / span) * span);
  return db
    .prepare(
      `insert into deliveries (id, subject_kind, subject_id, channel, kind, version, status, attempts, next_attempt_at,
         dedupe_key, created_at)
       select ?2, ?6, id, 'staff-email', ?6 || '.photos', version, 'due', 0, ?3, 'photos:' || id || ':' || ?4, ?5
       from ${tables[kind]} where id = ?1 and erased_at is null
       on conflict do nothing`,
    )
    .bind(
      id,
      crypto.randomUUID(),
      later(startsAt, { minutes: SPAN_MINUTES }).toISOString(),
      startsAt.toISOString(),
      now.toISOString(),
      kind,
    );
}
