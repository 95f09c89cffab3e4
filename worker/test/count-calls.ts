import { wrapDatabase } from './wrap-database.ts';

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
