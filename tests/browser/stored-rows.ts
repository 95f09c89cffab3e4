import { globSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ownServer } from './servers.ts';

/** Every row of every table that the running server stores in D1 and KV, by table. Two equal values mean that nothing was changed. */
export function readStoredRows(): Record<string, unknown[]> {
  const root = path.join(ownServer()?.state ?? '', 'v3');
  const files = globSync('{d1,kv}/*/*.sqlite', { cwd: root }).filter(
    (file) => !file.endsWith('metadata.sqlite'),
  );
  return Object.fromEntries(files.flatMap((file) => dumpDatabase(path.join(root, file))));
}

function dumpDatabase(file: string): [string, unknown[]][] {
  const database = new DatabaseSync(file, { readOnly: true });
  const tables = database
    .prepare(
      "select name from sqlite_master where type = 'table' and name not glob '_cf_*' order by name",
    )
    .all();
  const dump = tables.map(({ name }): [string, unknown[]] => [
    String(name),
    database.prepare(`select * from "${String(name)}"`).all(),
  ]);
  database.close();
  return dump;
}
