import path from 'node:path';
import process from 'node:process';
import { listKeys } from '../../worker/personal-data/key-store.ts';
import { quietEnvironment, ROOT } from '../tools/environment.mjs';
import type { Row } from './query-database.ts';
import { joinInserts } from './join-inserts.ts';
import { type Place, TABLES_SQL } from './place.ts';
import { withoutTraces } from './without-traces.ts';

/** A place on this machine, with the bindings that the Worker's own code takes. */
export interface LocalPlace extends Place {
  env: Env;
}

/** What makes the embedded runtime print a database as SQL: the statement behind `wrangler d1 export --local`. */
const EXPORT_SQL = 'PRAGMA miniflare_d1_export(?,?,?);';

/** Opens the database and vault of a local state folder, made where it is not there yet. */
export async function openLocal(persistTo: string): Promise<LocalPlace> {
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
  return {
    env,
    query,
    listTables: async () => (await query(TABLES_SQL)).map(({ name }) => String(name)),
    async export() {
      const [lines] = await env.DB.prepare(EXPORT_SQL).bind(false, false).raw<string[]>();
      return withoutTraces((lines ?? []).join('\n'));
    },
    import: async (sql) => void (await runAll(sql)),
    listKeys: async () => (await Array.fromAsync(listKeys({ kv: env.VAULT, keys: [] }))).flat(),
    close: () => proxy.dispose(),
  };
}
