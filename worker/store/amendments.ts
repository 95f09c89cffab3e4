import type { PaymentMethod } from '../../shared/jobs/balance.ts';
import type { Rating } from '../../shared/jobs/ratings.ts';
import type { Change } from './events.ts';

/** What a change of a booking writes about its price, its payments or its rating. */
export type Amendment =
  | { kind: 'price'; amountVnd: number }
  | { kind: 'agreement'; by: 'customer' | 'phone'; version: number }
  | { kind: 'payment'; amountVnd: number; method: PaymentMethod }
  | { kind: 'undone-payment'; n: number }
  | { kind: 'rating'; rating: Rating };

const CHANGED = 'from bookings where id = ?1 and last_event_id = ?2';

/** The statements of an amendment. They take effect where the change of the booking did. */
export function amendmentStatements(
  db: D1Database,
  { subjectId, eventId, at }: Change,
  amendment: Amendment,
): D1PreparedStatement[] {
  const now = at.toISOString();
  const bind = (sql: string, ...values: (string | number)[]) =>
    db.prepare(sql).bind(subjectId, eventId, ...values);
  switch (amendment.kind) {
    case 'price':
      return [
        bind(
          `insert into prices (subject_id, version, amount_vnd, at)
           select id, 1 + coalesce((select max(version) from prices where subject_id = ?1), 0), ?3, ?4 ${CHANGED}`,
          amendment.amountVnd,
          now,
        ),
      ];
    case 'agreement':
      return [
        bind(
          `update prices set agreed_by = ?3, agreed_at = ?5
           where subject_id = ?1 and version = ?4 and agreed_at is null and exists (select 1 ${CHANGED})`,
          amendment.by,
          amendment.version,
          now,
        ),
      ];
    case 'payment':
      return [
        bind(
          `insert into payments (subject_id, n, amount_vnd, method, at)
           select id, 1 + coalesce((select max(n) from payments where subject_id = ?1), 0), ?3, ?4, ?5 ${CHANGED}`,
          amendment.amountVnd,
          amendment.method,
          now,
        ),
      ];
    case 'undone-payment':
      return [
        bind(
          `update payments set undone_at = ?4
           where subject_id = ?1 and n = ?3 and undone_at is null and exists (select 1 ${CHANGED})`,
          amendment.n,
          now,
        ),
      ];
    case 'rating':
      // The total is kept beside the ratings: the earlier answer leaves it, the new one joins it.
      return [
        bind(
          `update rating_totals set count = count - 1
           where rating = (select rating from ratings where subject_id = ?1) and exists (select 1 ${CHANGED})`,
        ),
        bind(
          `insert into ratings (subject_id, rating, at) select id, ?3, ?4 ${CHANGED}
           on conflict (subject_id) do update set rating = excluded.rating`,
          amendment.rating,
          now,
        ),
        bind(
          `insert into rating_totals (rating, count) select ?3, 1 ${CHANGED}
           on conflict (rating) do update set count = count + 1`,
          amendment.rating,
        ),
      ];
  }
}
