import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type KeyNote, readKeyEntries } from '../../worker/personal-data/key-store.ts';
import { queryDatabase } from './query-database.ts';
import { run } from '../tools/run.mjs';
import { type Database, TABLES_SQL, writeSql } from './database.ts';

interface ListedKey {
  name: string;
  expiration?: number;
  metadata?: KeyNote;
}

/** The deployed database and key store, through wrangler; `flags` hold `--remote` and the environment. */
export function openRemote(flags: readonly string[]): Database {
  const query = (sql: string) => queryDatabase(sql, flags);
  const listTables = async () => (await query(TABLES_SQL)).map(({ name }) => String(name));
  const exportRows = (tables: string[]) =>
    withFile(async (file) => {
      const only = ['--no-schema', ...tables.flatMap((table) => ['--table', table])];
      await run('wrangler', ['d1', 'export', 'DB', ...flags, ...only, '--output', file]);
      return readFileSync(file, 'utf8');
    });
  return {
    query,
    listTables,
    export: () => writeSql({ query, listTables }, exportRows),
    import: (sql) =>
      withFile(async (file) => {
        writeFileSync(file, sql);
        await run('wrangler', ['d1', 'execute', 'DB', ...flags, '--yes', '--file', file]);
      }),
    async listKeys() {
      const output = await run('wrangler', ['kv', 'key', 'list', '--binding', 'VAULT', ...flags]);
      return readKeyEntries(JSON.parse(output.slice(output.indexOf('['))) as ListedKey[]);
    },
    close: async () => undefined,
  };
}

/** Hands in the path of a file in a temporary folder, which is deleted afterwards. */
async function withFile<T>(use: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'copy-'));
  try {
    return await use(path.join(folder, 'copy.sql'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
