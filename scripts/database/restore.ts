import { fillSql } from '../../worker/store/delivery-commands.ts';
import type { Copy } from './copy-file.ts';
import type { Place } from './place.ts';
import { AFTER_LOAD_SQL } from '../../worker/store/restores.ts';
import { SENDING_OFF_SQL } from '../../worker/store/sending.ts';

/** Turns sending off in what is there now, so that nothing leaves while it is replaced; an empty database sends nothing. */
export async function stopSending(place: Place, tables: readonly string[], now: Date) {
  if (!tables.includes('channels')) return;
  await place.query(fillSql(SENDING_OFF_SQL, { now: now.toISOString() }));
}

/**
 * Puts a copy in the place of whatever the database holds, as one change: with it, sending is off, what was due waits for a
 * person, and the restore is written down.
 */
export async function loadCopy(
  place: Place,
  { copy, tables, now }: { copy: Copy; tables: readonly string[]; now: Date },
): Promise<void> {
  const times = { end: copy.endedAt.toISOString(), now: now.toISOString() };
  const drops = tables.map((table) => `DROP TABLE "${table}";`);
  const after = AFTER_LOAD_SQL.map((sql) => `${fillSql(sql, times).trim()};`);
  await place.import([...drops, copy.sql.trim(), ...after].join('\n'));
}
