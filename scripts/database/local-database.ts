import path from 'node:path';
import process from 'node:process';
import { listKeys } from '../../worker/personal-data/key-store.ts';
import { quietEnvironment, ROOT } from '../tools/environment.mjs';
import type { Row } from './query-database.ts';
import { joinInserts } from './join-inserts.ts';
import { type Database, TABLES_SQL, writeSql } from './database.ts';

/** A database on this machine, with the bindings that the Worker's code takes. */
export interface LocalDatabase extends Database {
  env: Env;
}

/**
 * Makes the local runtime print a database as SQL; `wrangler d1 export --local` runs the same statement. Its parameters are
 * whether to leave out the schema, whether to leave out the rows, and the tables.
 */
const EXPORT_SQL = 'PRAGMA miniflare_d1_export(?,?,?);';

/** Opens the database and key store of a local state folder, which is made where it does not exist. */
export async function openLocal(persistTo: string): Promise<LocalDatabase> {
  // Wrangler reads these when it is loaded, so it is loaded only now.
  Object.assign(process.env, quietEnvironment(), { WRANGLER_LOG: 'error' });
  const { getPlatformProxy, unstable_splitSqlQuery } = await import('wrangler');
  const proxy = await getPlatformProxy<Env>({
    configPath: path.join(ROOT, 'wrangler.toml'),
    persist: { path: path.resolve(ROOT, persistTo, 'v3') },
    remoteBindings: false,
  });
  const { env } = proxy;
  const runAll = (sql: string) =>
    env.DB.batch<Row>(joinInserts(unstable_splitSqlQuery(sql)).map((text) => env.DB.prepare(text)));
  const query = async (sql: string) => (await runAll(sql)).at(-1)?.results ?? [];
  const listTables = async () => (await query(TABLES_SQL)).map(({ name }) => String(name));
  const exportRows = async (tables: string[]) => {
    const [lines] = await env.DB.prepare(EXPORT_SQL)
      .bind(true, false, ...tables)
      .raw<string[]>();
    return (lines ?? []).join('\n');
  };
  return {
    env,
    query,
    listTables,
    export: () => writeSql({ query, listTables }, exportRows),
    import: async (sql) => void (await runAll(sql)),
    listKeys: async () => (await Array.fromAsync(listKeys({ kv: env.VAULT, keys: [] }))).flat(),
    close: () => proxy.dispose(),
  };
}
