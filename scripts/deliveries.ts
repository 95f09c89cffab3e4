import process from 'node:process';
import {
  CHANNELS_SQL,
  CLOSE_SQL,
  fillSql,
  LIST_SQL,
  REPLAY_SQL,
  RESUME_SQL,
  SHOW_SQL,
} from '../worker/store/delivery-commands.ts';
import { queryDatabase, splitFlags } from './query-database.ts';

const USAGE = `npm run deliveries -- list              what has not arrived, and channels that are stopped or failing
npm run deliveries -- show <id>         everything about one delivery
npm run deliveries -- replay <id>       send it again under its id
npm run deliveries -- close <id>        settle a dead letter that need not arrive any more
npm run deliveries -- resume dispatch   open a channel that the receiver stopped with 410
Local by default; add --remote for the deployed database.`;

function requireId(id: string | undefined): string {
  if (id === undefined || !/^[0-9a-f-]{36}$/.test(id)) throw new Error(USAGE);
  return id;
}

async function list(flags: readonly string[]): Promise<void> {
  const rows = await queryDatabase(LIST_SQL, flags);
  const channels = await queryDatabase(CHANNELS_SQL, flags);
  if (rows.length === 0) console.log('Everything has arrived.');
  else console.table(rows);
  if (channels.length > 0) console.table(channels);
}

async function show(id: string, flags: readonly string[]): Promise<void> {
  const [row] = await queryDatabase(fillSql(SHOW_SQL, { id }), flags);
  if (row === undefined) throw new Error(`There is no delivery ${id}`);
  console.table(row);
}

async function replay(id: string, flags: readonly string[]): Promise<void> {
  const now = new Date().toISOString();
  const rows = await queryDatabase(fillSql(REPLAY_SQL, { id, now }), flags);
  if (rows.length === 0) {
    throw new Error(`${id} was not replayed: unknown, under way, or overtaken by a newer one.`);
  }
  console.log(`${id} goes out with the next minute of the clock.`);
}

async function close(id: string, flags: readonly string[]): Promise<void> {
  const now = new Date().toISOString();
  const rows = await queryDatabase(fillSql(CLOSE_SQL, { id, now }), flags);
  if (rows.length === 0) throw new Error(`${id} was not closed: only a dead letter can be.`);
  console.log(`${id} is closed and counts no more.`);
}

async function resume(channel: string | undefined, flags: readonly string[]): Promise<void> {
  if (channel !== 'dispatch') throw new Error(USAGE);
  await queryDatabase(fillSql(RESUME_SQL, { channel, now: new Date().toISOString() }), flags);
  console.log('dispatch is open; what waited goes out with the next minute of the clock.');
}

async function main([command = '', ...rest]: readonly string[]): Promise<void> {
  const { words, flags } = splitFlags(rest);
  switch (command) {
    case 'list':
      return list(flags);
    case 'show':
      return show(requireId(words[0]), flags);
    case 'replay':
      return replay(requireId(words[0]), flags);
    case 'close':
      return close(requireId(words[0]), flags);
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
