/** The database with a count of the rows that its statements read. */
export function countReads(db: D1Database): { db: D1Database; rows: () => number } {
  const originals = new WeakMap<object, D1PreparedStatement>();
  let rows = 0;
  const note = <T>(result: D1Result<T>): D1Result<T> => {
    rows += result.meta.rows_read;
    return result;
  };
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const all = async () => note(await statement.all());
    const first = async () => (await all()).results[0] ?? null;
    const bind = (...values: unknown[]) => wrap(statement.bind(...values));
    const wrapped = { bind, all, run: all, first } as unknown as D1PreparedStatement;
    originals.set(wrapped, statement);
    return wrapped;
  };
  const unwrap = (statement: D1PreparedStatement) => originals.get(statement) ?? statement;
  const counting = {
    prepare: (sql: string) => wrap(db.prepare(sql)),
    batch: async (statements: D1PreparedStatement[]) =>
      (await db.batch(statements.map(unwrap))).map(note),
  };
  return { db: counting as unknown as D1Database, rows: () => rows };
}
