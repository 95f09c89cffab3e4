import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../tools/environment.mjs';
import { listKnownMigrations } from './command.ts';
import type { Database } from './database.ts';

/** As wrangler makes it, so that each goes on where the other ended. */
const APPLIED_SQL = `
  create table if not exists d1_migrations (
    id integer primary key autoincrement, name text unique, applied_at timestamp default current_timestamp not null
  )`;

/**
 * Applies the migrations that a database lacks, each whole or not at all. `wrangler d1 migrations apply` does the same and
 * starts a runtime for each, which makes a new database on this machine take five times as long (decision 0049).
 */
export async function migrate(database: Pick<Database, 'query' | 'import'>): Promise<void> {
  await database.query(APPLIED_SQL);
  const rows = await database.query('select name from d1_migrations');
  const applied = new Set(rows.map(({ name }) => name));
  for (const name of listKnownMigrations().filter((known) => !applied.has(known))) {
    const sql = readFileSync(path.join(ROOT, 'worker', 'migrations', name), 'utf8');
    await database.import(`${sql}\ninsert into d1_migrations (name) values ('${name}');`);
  }
}
