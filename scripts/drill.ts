import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fillSql } from '../worker/store/delivery-commands.ts';
import { formatSeconds, openPlace, readCommand, runCommand } from './database/command.ts';
import { type LocalPlace, openLocal } from './database/local-place.ts';
import { bringBack } from './drill/bring-back.ts';
import { proveErasure } from './drill/erasure.ts';
import { ensureLocalSecrets } from './tools/secrets.mjs';
import { DRILL_SQL } from '../worker/store/restores.ts';

const USAGE = `npm run drill                diễn tập sao lưu và khôi phục với cơ sở dữ liệu trên máy
npm run drill -- --remote    diễn tập với bản sao của cơ sở dữ liệu thật
npm run drill -- erasure     chỉ diễn tập: xóa rồi đưa bản sao cũ về, trong một kho tạm
Cơ sở dữ liệu chỉ được đọc; khi mọi bước đạt, ngày và thời gian diễn tập được ghi vào đó.`;

const command = readCommand(process.argv.slice(2));
const started = Date.now();

await runCommand(async () => {
  const [word, ...rest] = command.words;
  if (rest.length > 0 || (word !== undefined && word !== 'erasure')) throw new Error(USAGE);
  ensureLocalSecrets();
  await inScratch(proveErasure);
  if (word === undefined) await drillDatabase();
  console.log(`Diễn tập đạt, hết ${formatSeconds(started)}.`);
  return true;
});

/** Brings a copy of the database back in a scratch place, and writes down there when it was and how long the drill took. */
async function drillDatabase(): Promise<void> {
  const source = await openPlace(command);
  try {
    if (!(await source.listTables()).includes('bookings')) {
      throw new Error('Chưa có cơ sở dữ liệu: chạy npm start một lần trước.');
    }
    const { endedAt, rows } = await inScratch((scratch) => bringBack(source, scratch));
    const now = new Date();
    const times = { end: endedAt.toISOString(), now: now.toISOString() };
    const ms = String(now.getTime() - started);
    await source.query(fillSql(DRILL_SQL, { ...times, ms, rows: String(rows) }));
  } finally {
    await source.close();
  }
}

/** A place on this machine that is gone afterwards. */
async function inScratch<T>(use: (place: LocalPlace, folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'house-drill-'));
  const place = await openLocal(folder);
  try {
    return await use(place, folder);
  } finally {
    await place.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
