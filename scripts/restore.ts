import process from 'node:process';
import {
  formatSeconds,
  listKnownMigrations,
  openPlace,
  readCommand,
  runCommand,
} from './database/command.ts';
import { listMigrations, nameCopy, readCopy, writeCopy } from './database/copy-file.ts';
import { compareWithVault, describeReport, isVaultDoubtful } from './database/report.ts';
import type { Place } from './database/place.ts';
import { loadCopy, stopSending } from './database/restore.ts';
import { run } from './tools/run.mjs';
import { ARM_SQL, RESTORED_AT_SQL } from '../worker/store/restores.ts';

const USAGE = `npm run restore -- <tệp.sql>    đưa bản sao vào thay cơ sở dữ liệu trên máy; gửi tin bị tắt trước
npm run restore -- keys         xem lại kho khóa, rồi cho xóa hồ sơ không còn khóa
Thêm --remote để làm với cơ sở dữ liệu thật.
  --copied-at <giờ UTC>   lúc sao, cho bản sao không phải do npm run backup làm
  --accept-lost-keys      kho khóa đúng là đã mất: xóa mọi hồ sơ không còn khóa`;

const command = readCommand(process.argv.slice(2));

await runCommand(async () => {
  const [word] = command.words;
  if (word === undefined || command.words.length > 1) throw new Error(USAGE);
  return word === 'keys' ? lookAtKeys() : restore(word);
});

async function restore(file: string): Promise<boolean> {
  const started = Date.now();
  const now = new Date();
  const known = listKnownMigrations();
  const copy = readCopy(file, known, command.copiedAt);
  const place = await openPlace(command);
  try {
    const tables = await place.listTables();
    await stopSending(place, tables, now);
    if (tables.includes('bookings')) {
      const before = nameCopy('before-restore', now);
      writeCopy(before, { endedAt: now, sql: await place.export() });
      console.log(`Đã tắt gửi tin, và cất cơ sở dữ liệu đang có vào ${before}.`);
    }
    await loadCopy(place, { copy, tables, now });
  } finally {
    await place.close();
  }
  if (listMigrations(copy.sql).length < known.length) {
    const where = command.isRemote ? [] : ['--local'];
    await run('wrangler', ['d1', 'migrations', 'apply', 'DB', ...where, ...command.flags]);
  }
  console.log(
    `Đã đưa bản sao lúc ${copy.endedAt.toISOString()} vào, hết ${formatSeconds(started)}.`,
  );
  return lookAtKeys();
}

/** What is left for a person; the clock may erase what has no key only where the vault is plausibly the right one. */
async function lookAtKeys(): Promise<boolean> {
  const place = await openPlace(command);
  try {
    const report = await compareWithVault(place, await readRestoredAt(place));
    console.log(describeReport(report));
    if (isVaultDoubtful(report) && !command.acceptLostKeys) {
      console.log(
        `Chưa xóa gì: ${report.keyless.length} trong ${report.live} hồ sơ không có khóa, có thể kho KV gắn nhầm.
Xem lại binding VAULT rồi chạy npm run restore -- keys. Nếu kho khóa đã mất thật, thêm --accept-lost-keys.`,
      );
      return false;
    }
    await place.query(ARM_SQL);
    console.log(`Đồng hồ của hệ thống sẽ xóa các hồ sơ không còn khóa trong vài phút.
Gửi tin đang tắt. Xem lại xong thì bật: npm run sending -- on`);
    return true;
  } finally {
    await place.close();
  }
}

async function readRestoredAt(place: Place): Promise<Date> {
  const [row] = await place.query(RESTORED_AT_SQL);
  if (row === undefined) throw new Error('Cơ sở dữ liệu này chưa được khôi phục lần nào.');
  return new Date(String(row['ran_at']));
}
