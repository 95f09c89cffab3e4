/** Carries out one call of the database, which can be counted, refused or made to fail. */
type Around = <Result extends D1Result | D1Result[]>(
  call: () => Promise<Result>,
) => Promise<Result>;

/** The database with every call (run, all, first, batch) going through a function. */
export function wrapDatabase(db: D1Database, around: Around): D1Database {
  const originals = new WeakMap<object, D1PreparedStatement>();
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const all = () => around(() => statement.all());
    const first = async () => (await all()).results[0] ?? null;
    const bind = (...values: unknown[]) => wrap(statement.bind(...values));
    const wrapped = { bind, all, run: all, first } as unknown as D1PreparedStatement;
    originals.set(wrapped, statement);
    return wrapped;
  };
  const unwrap = (statement: D1PreparedStatement) => {
    const original = originals.get(statement);
    if (original === undefined) throw new Error('a statement of another database');
    return original;
  };
  const wrapped = {
    prepare: (sql: string) => wrap(db.prepare(sql)),
    batch: (statements: D1PreparedStatement[]) => around(() => db.batch(statements.map(unwrap))),
  };
  return wrapped as unknown as D1Database;
}

/** What a database was asked: calls (a batch is one), statements, and the rows that they read and wrote. */
export interface Counted {
  calls: number;
  statements: number;
  read: number;
  written: number;
}

/** The environment with a database that counts what it is asked. */
export function countCalls(env: Env): { env: Env; counted: Counted } {
  const counted: Counted = { calls: 0, statements: 0, read: 0, written: 0 };
  const DB = wrapDatabase(env.DB, async (call) => {
    const answer = await call();
    const results = [answer].flat();
    counted.calls += 1;
    counted.statements += results.length;
    for (const { meta } of results) {
      counted.read += meta.rows_read;
      counted.written += meta.rows_written;
    }
    return answer;
  });
  return { env: { ...env, DB }, counted };
}
