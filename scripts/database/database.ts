import type { Row } from './query-database.ts';
import type { KeyEntry } from '../../worker/personal-data/key-store.ts';

/** A database with its key store, on this machine or deployed. */
export interface Database {
  listTables(): Promise<string[]>;
  /** The rows of the last of the statements; all of them take effect, or none. */
  query(sql: string): Promise<Row[]>;
  /** Everything in it as SQL, without the keyed hashes. */
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
