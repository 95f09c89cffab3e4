import { formatInstant } from '../shared/time.ts';
import {
  commandSuffix,
  databaseOptions,
  formatSeconds,
  listKnownMigrations,
  openDatabase,
  wranglerFlags,
} from './database/command.ts';
import { listMigrations, copyPath, readCopy, writeCopy } from './database/copy-file.ts';
import { compareWithKeyStore, describeReport, isKeyStoreDoubtful } from './database/report.ts';
import type { Database } from './database/database.ts';
import { loadCopy, stopSending } from './database/restore.ts';
import { readArguments, runCommand } from './tools/command.mjs';
import { run } from './tools/run.mjs';
import { ARM_SQL, RESTORED_SQL } from '../worker/store/restores.ts';

const USAGE = `npm run restore -- <tệp.sql>    đưa bản sao vào thay cơ sở dữ liệu trên máy; gửi tin bị tắt trước
npm run restore -- keys         xem lại kho khóa, rồi cho xóa hồ sơ không còn khóa
Thêm --remote để làm với cơ sở dữ liệu thật.
  --copied-at <giờ UTC>   lúc sao, cho bản sao không phải do npm run backup làm
  --accept-lost-keys      kho khóa đúng là đã mất: xóa mọi hồ sơ không còn khóa`;

const readOptions = () =>
  readArguments(USAGE, {
    ...databaseOptions,
    'copied-at': { type: 'string' },
    'accept-lost-keys': { type: 'boolean', default: false },
  });
type Options = ReturnType<typeof readOptions>['options'];

await runCommand(async () => {
  const { words, options } = readOptions();
  const [word] = words;
  if (word === undefined || words.length > 1) throw new Error(USAGE);
  return word === 'keys' ? compareKeys(options) : restore(word, options);
});

async function restore(file: string, options: Options): Promise<boolean> {
  const started = Date.now();
  const now = new Date();
  const known = listKnownMigrations();
  const copy = readCopy(file, known, options['copied-at']);
  const database = await openDatabase(options);
  try {
    const tables = await database.listTables();
    await stopSending(database, tables, now);
    if (tables.includes('bookings')) {
      const before = copyPath('before-restore', now);
      writeCopy(before, { endedAt: now, sql: await database.export() });
      console.log(`Đã tắt gửi tin, và cất cơ sở dữ liệu đang có vào ${before}.`);
    }
    await loadCopy(database, { copy, tables, now });
  } finally {
    await database.close();
  }
  if (listMigrations(copy.sql).length < known.length) {
    const flags = [...(options.remote ? [] : ['--local']), ...wranglerFlags(options)];
    await run('wrangler', ['d1', 'migrations', 'apply', 'DB', ...flags]);
  }
  console.log(
    `Đã đưa bản sao lúc ${formatInstant(copy.endedAt)} vào, hết ${formatSeconds(started)}.`,
  );
  return compareKeys(options);
}

/**
 * Prints what a person has to look at, and lets the scheduled tasks erase the records that have no key. Not where most keys
 * are missing: then the binding rather names the wrong KV namespace.
 */
async function compareKeys(options: Options): Promise<boolean> {
  const database = await openDatabase(options);
  const suffix = commandSuffix(options);
  try {
    const report = await compareWithKeyStore(database, await readRestore(database));
    console.log(describeReport(report, suffix));
    if (isKeyStoreDoubtful(report) && !options['accept-lost-keys']) {
      console.log(
        `Chưa xóa gì: ${report.keyless.length} trong ${report.live} hồ sơ không có khóa, có thể kho KV gắn nhầm.
Xem lại binding VAULT rồi chạy npm run restore -- keys${suffix}. Nếu kho khóa đã mất thật, thêm --accept-lost-keys.`,
      );
      return false;
    }
    await database.query(ARM_SQL);
    console.log(`Hệ thống sẽ xóa các hồ sơ không còn khóa trong vài phút.
Gửi tin đang tắt. Xem lại xong thì bật: npm run deliveries -- on${suffix}`);
    return true;
  } finally {
    await database.close();
  }
}

async function readRestore(database: Database): Promise<{ copyEndedAt: Date; at: Date }> {
  const [row] = await database.query(RESTORED_SQL);
  if (row === undefined) throw new Error('Cơ sở dữ liệu này chưa được khôi phục lần nào.');
  return { copyEndedAt: new Date(String(row['ran_for'])), at: new Date(String(row['ran_at'])) };
}
