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
import { queryDatabase, splitFlags } from './database/query-database.ts';

const USAGE = `npm run deliveries -- list              tin chưa đến nơi, và kênh đang dừng hoặc đang lỗi
npm run deliveries -- show <id>         mọi điều về một tin
npm run deliveries -- replay <id>       gửi lại đúng mã đó
npm run deliveries -- close <id>        đóng một tin gửi hỏng không cần đến nơi nữa
npm run deliveries -- resume dispatch   mở lại kênh mà bên nhận đã dừng bằng 410
Không có --remote thì xem cơ sở dữ liệu trên máy này; thêm --remote để xem hệ thống thật.`;

function requireId(id: string | undefined): string {
  if (id === undefined || !/^[0-9a-f-]{36}$/.test(id)) throw new Error(USAGE);
  return id;
}

async function list(flags: readonly string[]): Promise<void> {
  const rows = await queryDatabase(LIST_SQL, flags);
  const channels = await queryDatabase(CHANNELS_SQL, flags);
  if (rows.length === 0) console.log('Mọi tin đã đến nơi.');
  else console.table(rows);
  if (channels.length > 0) console.table(channels);
}

async function show(id: string, flags: readonly string[]): Promise<void> {
  const [row] = await queryDatabase(fillSql(SHOW_SQL, { id }), flags);
  if (row === undefined) throw new Error(`Không có tin nào mang mã ${id}.`);
  console.table(row);
}

async function replay(id: string, flags: readonly string[]): Promise<void> {
  const now = new Date().toISOString();
  const rows = await queryDatabase(fillSql(REPLAY_SQL, { id, now }), flags);
  if (rows.length === 0) {
    throw new Error(`Không gửi lại ${id}: mã không có, tin đang gửi, hoặc đã có tin mới hơn thay.`);
  }
  console.log(`${id} sẽ đi trong phút tới.`);
}

async function close(id: string, flags: readonly string[]): Promise<void> {
  const now = new Date().toISOString();
  const rows = await queryDatabase(fillSql(CLOSE_SQL, { id, now }), flags);
  if (rows.length === 0) throw new Error(`Không đóng ${id}: chỉ đóng được tin gửi hỏng.`);
  console.log(`${id} đã đóng và không tính nữa.`);
}

async function resume(channel: string | undefined, flags: readonly string[]): Promise<void> {
  if (channel !== 'dispatch') throw new Error(USAGE);
  await queryDatabase(fillSql(RESUME_SQL, { channel, now: new Date().toISOString() }), flags);
  console.log('Kênh dispatch đã mở; tin đang chờ sẽ đi trong phút tới.');
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
