/** A statement that waits for the others of its moment. */
interface Waiting {
  send: () => Promise<D1Result>;
  statement: D1PreparedStatement;
  resolve: (result: D1Result | Promise<D1Result>) => void;
}

/**
 * The database for work that runs side by side: statements that are sent at the same moment reach D1 as one batch, so that a dozen
 * tasks that look whether something is due cost one call. Where that batch fails each statement is sent alone, so that one that
 * fails does not stop the others; so each must write the same when it runs twice. Batches of the work itself go as they are.
 * `onCall` hears of each call of D1.
 */
export function joinStatements(db: D1Database, onCall: () => void = () => undefined): D1Database {
  let waiting: Waiting[] = [];

  async function flush(): Promise<void> {
    const joined = waiting;
    waiting = [];
    if (joined.length > 1) onCall();
    const results = await runTogether(db, joined);
    joined.forEach(({ send, resolve }, at) => {
      if (results[at] === undefined) onCall();
      resolve(results[at] ?? send());
    });
  }

  function join(statement: D1PreparedStatement): D1PreparedStatement {
    const bind = statement.bind.bind(statement);
    const send = statement.all.bind(statement);
    const all = () =>
      new Promise<D1Result>((resolve) => {
        if (waiting.length === 0) setTimeout(() => void flush(), 0);
        waiting.push({ send, statement, resolve });
      });
    return Object.assign(statement, {
      bind: (...values: unknown[]) => join(bind(...values)),
      all,
      run: all,
      first: async () => (await all()).results[0] ?? null,
    });
  }

  return {
    prepare: (sql: string) => join(db.prepare(sql)),
    batch: (statements: D1PreparedStatement[]) => {
      onCall();
      return db.batch(statements);
    },
  } as unknown as D1Database;
}

/** The results of statements in one batch; none where it failed, or where there is only one. */
async function runTogether(db: D1Database, joined: readonly Waiting[]): Promise<D1Result[]> {
  if (joined.length === 1) return [];
  try {
    return await db.batch(joined.map(({ statement }) => statement));
  } catch {
    return [];
  }
}
