/** A window of a day. */
export interface LockedPlace {
  date: string;
  window: string;
}

/** Locks a window, so that no booking takes a seat in it any more; false where it was locked before. */
export async function lockWindow(db: D1Database, place: LockedPlace, now: Date): Promise<boolean> {
  const { meta } = await db
    .prepare(
      'insert into window_locks (visit_date, arrival_window, locked_at) values (?1, ?2, ?3) on conflict do nothing',
    )
    .bind(place.date, place.window, now.toISOString())
    .run();
  return meta.changes === 1;
}

/** Opens a locked window again; false where it was not locked. */
export async function unlockWindow(db: D1Database, place: LockedPlace): Promise<boolean> {
  const { meta } = await db
    .prepare('delete from window_locks where visit_date = ?1 and arrival_window = ?2')
    .bind(place.date, place.window)
    .run();
  return meta.changes === 1;
}
