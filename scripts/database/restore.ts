import { fillSql } from '../../worker/store/delivery-commands.ts';
import type { Copy } from './copy-file.ts';
import type { Database } from './database.ts';
import { AFTER_LOAD_SQL } from '../../worker/store/restores.ts';
import { SENDING_OFF_SQL } from '../../worker/store/sending.ts';

/** Turns sending off, so that nothing is sent while the database is replaced. An empty database has nothing to turn off. */
export async function stopSending(database: Database, tables: readonly string[], now: Date) {
  if (!tables.includes('channels')) return;
  await database.query(fillSql(SENDING_OFF_SQL, { now: now.toISOString() }));
}

/**
 * Replaces what the database holds by a copy, all or nothing. Afterwards sending is off, deliveries that were due wait for a
 * person, and the restore is written down.
 */
export async function loadCopy(
  database: Database,
  { copy, tables, now }: { copy: Copy; tables: readonly string[]; now: Date },
): Promise<void> {
  const times = { end: copy.endedAt.toISOString(), now: now.toISOString() };
  const drops = tables.map((table) => `DROP TABLE "${table}";`);
  const after = AFTER_LOAD_SQL.map((sql) => `${fillSql(sql, times).trim()};`);
  await database.import([...drops, copy.sql.trim(), ...after].join('\n'));
}
