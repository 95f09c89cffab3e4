import { run } from '../tools/run.mjs';

/** A row of an answer: columns by name. */
export type Row = Record<string, string | number | null>;

/** Runs SQL on the local database, or the deployed one with `--remote`, and gives the rows of the last statement. */
export async function queryDatabase(sql: string, flags: readonly string[]): Promise<Row[]> {
  const place = flags.includes('--remote') ? [] : ['--local'];
  const args = ['d1', 'execute', 'DB', ...place, ...flags, '--json', '--command', sql];
  const output = await run('wrangler', args);
  const answers = JSON.parse(output.slice(output.indexOf('['))) as { results: Row[] }[];
  return answers.at(-1)?.results ?? [];
}

/** Takes a command's words apart from its flags; `--persist-to` takes the word after it along. */
export function splitFlags(args: readonly string[]): { words: string[]; flags: string[] } {
  const isFlag = (arg: string, index: number) =>
    arg.startsWith('--') || args[index - 1] === '--persist-to';
  return {
    words: args.filter((arg, index) => !isFlag(arg, index)),
    flags: args.filter(isFlag),
  };
}
