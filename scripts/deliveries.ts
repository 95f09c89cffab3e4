import process from 'node:process';
import {
  CHANNELS_SQL,
  fillSql,
  LIST_SQL,
  REPLAY_SQL,
  RESUME_SQL,
  SHOW_SQL,
} from '../worker/store/delivery-commands.ts';
import { run } from './run.mjs';

const USAGE = `npm run deliveries -- list              what has not arrived, and channels that are stopped or failing
npm run deliveries -- show <id>         everything about one delivery
npm run deliveries -- replay <id>       send it again under its id
npm run deliveries -- resume dispatch   open a channel that the receiver stopped with 410
Local by default; add --remote for the deployed database.`;

type Row = Record<string, string | number | null>;

/** Runs SQL on the local or the deployed database and gives the rows of the last statement. */
async function query(sql: string, flags: readonly string[]): Promise<Row[]> {
  const place = flags.includes('--remote') ? [] : ['--local'];
  const args = ['d1', 'execute', 'DB', ...place, ...flags, '--json', '--command', sql];
  const output = await run('wrangler', args);
  const answers = JSON.parse(output.slice(output.indexOf('['))) as { results: Row[] }[];
  return answers.at(-1)?.results ?? [];
}

function requireId(id: string | undefined): string {
  if (id === undefined || !/^[0-9a-f-]{36}$/.test(id)) throw new Error(USAGE);
  return id;
}

async function list(flags: readonly string[]): Promise<void> {
  const rows = await query(LIST_SQL, flags);
  const channels = await query(CHANNELS_SQL, flags);
  if (rows.length === 0) console.log('Everything has arrived.');
  else console.table(rows);
  if (channels.length > 0) console.table(channels);
}

async function show(id: string, flags: readonly string[]): Promise<void> {
  const [row] = await query(fillSql(SHOW_SQL, { id }), flags);
  if (row === undefined) throw new Error(`There is no delivery ${id}`);
  console.table(row);
}

async function replay(id: string, flags: readonly string[]): Promise<void> {
  const now = new Date().toISOString();
  const rows = await query(fillSql(REPLAY_SQL, { id, now }), flags);
  if (rows.length === 0) {
    throw new Error(`${id} was not replayed: unknown, under way, or overtaken by a newer one.`);
  }
  console.log(`${id} goes out with the next minute of the clock.`);
}

async function resume(channel: string | undefined, flags: readonly string[]): Promise<void> {
  if (channel !== 'dispatch') throw new Error(USAGE);
  await query(fillSql(RESUME_SQL, { channel, now: new Date().toISOString() }), flags);
  console.log('dispatch is open; what waited goes out with the next minute of the clock.');
}

async function main([command = '', ...rest]: readonly string[]): Promise<void> {
  const words = rest.filter(
    (word, index) => !word.startsWith('--') && rest[index - 1] !== '--persist-to',
  );
  const flags = rest.filter((word) => !words.includes(word));
  switch (command) {
    case 'list':
      return list(flags);
    case 'show':
      return show(requireId(words[0]), flags);
    case 'replay':
      return replay(requireId(words[0]), flags);
    case 'resume':
      return resume(words[0], flags);
    default:
      throw new Error(USAGE);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
