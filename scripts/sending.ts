import process from 'node:process';
import { formatInstant } from '../shared/time.ts';
import { fillSql, RESUME_SQL } from '../worker/store/delivery-commands.ts';
import { readCommand, runCommand } from './database/command.ts';
import { queryDatabase } from './database/query-database.ts';
import {
  CHANNEL_OFF_SQL,
  REVIEW_DROP_SQL,
  REVIEW_KEEP_SQL,
  REVIEW_SQL,
  SENDING_OFF_SQL,
  SENDING_ON_SQL,
  SENDING_SQL,
} from '../worker/store/sending.ts';

const USAGE = `npm run sending                       đang gửi hay tắt, bao nhiêu lượt gửi chờ người xem
npm run sending -- list               các lượt gửi chờ người xem sau khi khôi phục
npm run sending -- keep <id | all>    gửi lượt này (cùng số hiệu cũ)
npm run sending -- drop <id | all>    không gửi lượt này nữa
npm run sending -- off                tắt mọi việc gửi tin
npm run sending -- on                 bật lại
npm run sending -- off dispatch       chỉ ngừng gửi cho bên điều phối; on dispatch: mở lại
Thêm --remote để làm với hệ thống thật.`;

const { words, flags } = readCommand(process.argv.slice(2));
const now = new Date().toISOString();
const ask = (sql: string) => queryDatabase(sql, flags);

await runCommand(async () => {
  const [word = 'status', id = ''] = words;
  switch (word) {
    case 'status':
      return showStatus();
    case 'list':
      return list();
    case 'keep':
      return settle(REVIEW_KEEP_SQL, id, 'sẽ gửi khi việc gửi tin đang bật');
    case 'drop':
      return settle(REVIEW_DROP_SQL, id, 'sẽ không gửi nữa');
    case 'off':
    case 'on':
      return id === '' ? turn(word) : turnChannel(word, id);
    default:
      throw new Error(USAGE);
  }
});

async function turn(word: 'off' | 'on'): Promise<boolean> {
  if (word === 'on') return turnOn();
  await ask(fillSql(SENDING_OFF_SQL, { now }));
  return showStatus();
}

async function turnChannel(word: 'off' | 'on', channel: string): Promise<boolean> {
  if (channel !== 'dispatch') throw new Error(USAGE);
  await ask(fillSql(word === 'off' ? CHANNEL_OFF_SQL : RESUME_SQL, { channel, now }));
  console.log(word === 'off' ? 'Đã ngừng gửi cho bên điều phối.' : 'Đã mở lại kênh điều phối.');
  return true;
}

async function showStatus(): Promise<boolean> {
  const [row] = await ask(SENDING_SQL);
  const since = row?.['off_since'] ?? null;
  console.log(
    since === null
      ? 'Đang gửi tin.'
      : `Gửi tin đã tắt từ ${formatInstant(new Date(String(since)))}.`,
  );
  console.log(`Lượt gửi chờ người xem lại: ${row?.['review'] ?? 0}.`);
  return true;
}

/** Not while nobody has seen which records the restore would erase: their erasures go out with the rest. */
async function turnOn(): Promise<boolean> {
  const [row] = await ask(SENDING_SQL);
  if (row?.['armed'] === 0) {
    console.log('Chưa bật: kho khóa chưa được xem lại. Chạy npm run restore -- keys trước.');
    return false;
  }
  await ask(SENDING_ON_SQL);
  return showStatus();
}

async function list(): Promise<boolean> {
  const rows = await ask(REVIEW_SQL);
  if (rows.length === 0) console.log('Không có lượt gửi nào chờ người xem lại.');
  else console.table(rows);
  return true;
}

async function settle(sql: string, id: string, outcome: string): Promise<boolean> {
  if (id !== 'all' && !/^[0-9a-f-]{36}$/.test(id)) throw new Error(USAGE);
  const rows = await ask(fillSql(sql, { id, now }));
  console.log(`${rows.length} lượt gửi ${outcome}.`);
  return rows.length > 0;
}
