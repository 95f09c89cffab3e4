import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fillSql } from '../worker/store/delivery-commands.ts';
import { databaseOptions, formatSeconds, openDatabase } from './database/command.ts';
import type { DatabaseChoice } from './database/command.ts';
import { type LocalDatabase, openLocal } from './database/local-database.ts';
import { bringBack } from './drill/bring-back.ts';
import { proveErasure } from './drill/erasure.ts';
import { readArguments, runCommand } from './tools/command.mjs';
import { ensureLocalSecrets } from './tools/secrets.mjs';
import { DRILL_SQL } from '../worker/store/restores.ts';

const USAGE = `npm run drill                diễn tập sao lưu và khôi phục với cơ sở dữ liệu trên máy
npm run drill -- --remote    diễn tập với bản sao của cơ sở dữ liệu thật
npm run drill -- erasure     chỉ diễn tập: xóa rồi đưa bản sao cũ về, trong một kho tạm
Cơ sở dữ liệu chỉ được đọc; khi mọi bước đạt, ngày và thời gian diễn tập được ghi vào đó.`;

const started = Date.now();

await runCommand(async () => {
  const { words, options } = readArguments(USAGE, databaseOptions);
  const [word, ...rest] = words;
  if (rest.length > 0 || (word !== undefined && word !== 'erasure')) throw new Error(USAGE);
  ensureLocalSecrets();
  await inTemporary(proveErasure);
  if (word === undefined) await drillDatabase(options);
  console.log(`Diễn tập đạt, hết ${formatSeconds(started)}.`);
});

/** Restores a copy into a temporary database, then writes into the source when the drill was and how long it took. */
async function drillDatabase(options: DatabaseChoice): Promise<void> {
  const source = await openDatabase(options);
  try {
    if (!(await source.listTables()).includes('bookings')) {
      throw new Error('Chưa có cơ sở dữ liệu: chạy npm start một lần trước.');
    }
    const { endedAt, rows } = await inTemporary((target) => bringBack(source, target));
    const now = new Date();
    const times = { end: endedAt.toISOString(), now: now.toISOString() };
    const ms = String(now.getTime() - started);
    await source.query(fillSql(DRILL_SQL, { ...times, ms, rows: String(rows) }));
  } finally {
    await source.close();
  }
}

/** A database and key store on this machine that are deleted afterwards; `folder` holds their files. */
async function inTemporary<T>(
  use: (database: LocalDatabase, folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'drill-'));
  const database = await openLocal(folder);
  try {
    return await use(database, folder);
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
