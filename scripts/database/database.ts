import type { Row } from './query-database.ts';
import type { KeyEntry } from '../../worker/personal-data/key-store.ts';

/** A database with its key store, on this machine or deployed. */
export interface Database {
  listTables(): Promise<string[]>;
  /** The rows of the last of the statements; all of them take effect, or none. */
  query(sql: string): Promise<Row[]>;
  /** Everything in it as SQL, but no row of the table that copies leave out. */
  export(): Promise<string>;
  /** Runs a copy's SQL: all of it takes effect, or none. */
  import(sql: string): Promise<void>;
  /** The entries of the key store with their ends and notes, without the keys themselves. */
  listKeys(): Promise<KeyEntry[]>;
  close(): Promise<void>;
}

/** Names our tables, without those of SQLite and of the platform. */
export const TABLES_SQL = `
  select name from sqlite_schema
  where type = 'table' and name not glob 'sqlite_*' and name not glob '_cf_*' order by name`;

/**
 * A copy has this table without its rows: keyed hashes of phone numbers, addresses, networks and contents. Whoever has the keys could find a
 * number by trying all of them. The rows serve for 48 hours only, so nothing is lost with a restore.
 */
export const LEFT_OUT = 'repeats';

/**
 * Writes a database as SQL: tables, then rows, then indexes. The schema is read apart from the rows, since the export of some
 * tables leaves out their indexes. Throws where the database is older than the table that copies leave out: then the hashes
 * stand among the records.
 */
export async function writeSql(
  { query, listTables }: Pick<Database, 'query' | 'listTables'>,
  exportRows: (tables: string[]) => Promise<string>,
): Promise<string> {
  const tables = await listTables();
  if (!tables.includes(LEFT_OUT)) {
    throw new Error(
      `Cơ sở dữ liệu chưa có bảng ${LEFT_OUT}: chạy npx wrangler d1 migrations apply DB rồi sao lại.`,
    );
  }
  const rows = await exportRows(tables.filter((table) => table !== LEFT_OUT));
  const schema = await query(SCHEMA_SQL);
  const write = (isTable: boolean) =>
    schema.filter(({ type }) => (type === 'table') === isTable).map(({ sql }) => `${sql};`);
  return [...write(true), rows, ...write(false)].join('\n');
}

const SCHEMA_SQL = `
  select type, sql from sqlite_schema
  where sql is not null and name not glob 'sqlite_*' and name not glob '_cf_*' order by rowid`;
