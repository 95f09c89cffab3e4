import type { Row } from './query-database.ts';
import type { KeyEntry } from '../../worker/personal-data/key-store.ts';

/** A database with its vault, on this machine or deployed. */
export interface Place {
  /** Its tables, none where it is empty. */
  listTables(): Promise<string[]>;
  /** The rows of the last of the statements; all of them take effect, or none. */
  query(sql: string): Promise<Row[]>;
  /** Everything in it as SQL, but for the traces of its people. */
  export(): Promise<string>;
  /** Runs a copy's SQL as one change: it takes effect as a whole or not at all. */
  import(sql: string): Promise<void>;
  /** The vault's entries with their ends and notes, never a key itself. */
  listKeys(): Promise<KeyEntry[]>;
  close(): Promise<void>;
}

/** The tables that hold rows of ours; SQLite and the platform keep some of their own. */
export const TABLES_SQL = `
  select name from sqlite_schema
  where type = 'table' and name not glob 'sqlite_*' and name not glob '_cf_*' order by name`;
