import { run } from '../tools/run.mjs';

/** A row of an answer: columns by name. */
export type Row = Record<string, string | number | null>;

/** Runs SQL on the local database, or with `--remote` on the deployed one, and answers the rows of the last statement. */
export async function queryDatabase(sql: string, flags: readonly string[]): Promise<Row[]> {
  const local = flags.includes('--remote') ? [] : ['--local'];
  const args = ['d1', 'execute', 'DB', ...local, ...flags, '--json', '--command', sql];
  const output = await run('wrangler', args);
  const answers = JSON.parse(output.slice(output.indexOf('['))) as { results: Row[] }[];
  return answers.at(-1)?.results ?? [];
}
