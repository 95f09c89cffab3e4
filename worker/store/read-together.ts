/** A read that was asked for and not yet sent. */
interface Asked {
  statement: D1PreparedStatement;
  resolve: (result: D1Result) => void;
  reject: (error: unknown) => void;
}

/**
 * The database, with the reads that are asked for in one turn sent as one batch. A page asks for many things at once; each would
 * be a call of its own.
 */
export function readTogether(db: D1Database): D1Database {
  const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>();
  let asked: Asked[] = [];

  const send = async () => {
    const reads = asked;
    asked = [];
    try {
      const [first] = reads;
      const results =
        reads.length === 1 && first !== undefined
          ? [await first.statement.all()]
          : await db.batch(reads.map(({ statement }) => statement));
      reads.forEach(({ resolve }, at) => resolve(results[at] as D1Result));
    } catch (error) {
      reads.forEach(({ reject }) => reject(error));
    }
  };
  const read = (statement: D1PreparedStatement) =>
    new Promise<D1Result>((resolve, reject) => {
      if (asked.push({ statement, resolve, reject }) === 1) queueMicrotask(() => void send());
    });

  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      first: async () => (await read(statement)).results[0] ?? null,
      all: () => read(statement),
      run: () => statement.run(),
    } as D1PreparedStatement;
    originals.set(wrapped, statement);
    return wrapped;
  };
  return {
    prepare: (sql: string) => wrap(db.prepare(sql)),
    batch: (statements: D1PreparedStatement[]) =>
      db.batch(statements.map((statement) => originals.get(statement) ?? statement)),
  } as D1Database;
}
