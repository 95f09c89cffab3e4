import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

const MIGRATIONS = new URL('../../worker/migrations/', import.meta.url);

/**
 * Carries out one call of a store, so that a test can order, fail or stop concurrent calls. `outdated` is what a store
 * may answer instead that is not consistent everywhere yet.
 */
export type Gate = <T>(label: string, effect: () => T, outdated?: () => T) => Promise<T>;

/** Carries out every call at once. */
export const openGate: Gate = async (_label, effect) => effect();

/** An empty database in memory with the project's migrations. */
export function makeDatabase(): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec((laid ??= readMigrated()));
  return database;
}

/** The migrated schema as one script, kept: to run all migrations again takes many times as long. No migration leaves a row. */
let laid: string | undefined;

function readMigrated(): string {
  const database = new DatabaseSync(':memory:');
  for (const file of readdirSync(MIGRATIONS).toSorted()) {
    database.exec(readFileSync(new URL(file, MIGRATIONS), 'utf8'));
  }
  const made = database
    .prepare(
      "select sql from sqlite_schema where sql is not null and name not like 'sqlite_%' order by rowid",
    )
    .all();
  return made.map(({ sql }) => String(sql)).join(';\n');
}

interface Bound {
  sql: string;
  values: SQLInputValue[];
}

/** The part of D1 that the Worker uses, over a database in memory. Batches are atomic; every call goes through the gate. */
export function asD1(database: DatabaseSync, gate: Gate = openGate): D1Database {
  const statement = (bound: Bound) => ({
    ...bound,
    bind: (...values: SQLInputValue[]) => statement({ ...bound, values }),
    first: () =>
      gate(`d1 ${firstWords(bound.sql)}`, () => query(database, bound).results[0] ?? null),
    all: () => gate(`d1 ${firstWords(bound.sql)}`, () => query(database, bound)),
    run: () => gate(`d1 ${firstWords(bound.sql)}`, () => query(database, bound)),
  });
  const batch = (statements: readonly Bound[]) =>
    gate(`d1 batch ${firstWords(statements[0]?.sql ?? '')}`, () => {
      database.exec('savepoint batch');
      try {
        return statements.map((bound) => query(database, bound));
      } catch (error) {
        database.exec('rollback to batch');
        throw error;
      } finally {
        database.exec('release batch');
      }
    });
  const d1 = { prepare: (sql: string) => statement({ sql, values: [] }), batch };
  return d1 as unknown as D1Database;
}

interface Prepared {
  statement: StatementSync;
  /** Whether its parameters are numbered. */
  numbered: boolean;
  answers: boolean;
}

const prepared = new WeakMap<DatabaseSync, Map<string, Prepared>>();

function prepare(database: DatabaseSync, sql: string): Prepared {
  const statements = prepared.get(database) ?? new Map<string, Prepared>();
  prepared.set(database, statements);
  const known = statements.get(sql);
  if (known !== undefined) return known;
  const statement = database.prepare(sql);
  const answers = statement.columns().length > 0;
  const made = { statement, numbered: /\?\d/.test(sql), answers };
  statements.set(sql, made);
  return made;
}

function query(database: DatabaseSync, { sql, values }: Bound) {
  const { statement, numbered, answers } = prepare(database, sql);
  const named = numbered
    ? Object.fromEntries(values.map((value, index) => [`?${index + 1}`, value]))
    : {};
  if (!answers) {
    const { changes } = numbered ? statement.run(named) : statement.run(...values);
    return { results: [], meta: { changes: Number(changes) } };
  }
  const rows = numbered ? statement.all(named) : statement.all(...values);
  return { results: rows.map(asD1Row), meta: { changes: 0 } };
}

function asD1Row(row: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? Array.from(value) : value,
    ]),
  );
}

function firstWords(sql: string): string {
  return sql.trim().split(/\s+/, 3).join(' ');
}
