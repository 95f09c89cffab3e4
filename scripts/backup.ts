import { formatSeconds, openDatabase, databaseOptions } from './database/command.ts';
import { copyPath, writeCopy } from './database/copy-file.ts';
import { readArguments, runCommand } from './tools/command.mjs';

const USAGE = `npm run backup                 sao cơ sở dữ liệu trên máy vào thư mục backups/
npm run backup -- <tệp.sql>    sao vào tệp này
Thêm --remote để sao cơ sở dữ liệu thật.`;

await runCommand(async () => {
  const { words, options } = readArguments(USAGE, databaseOptions);
  if (words.length > 1) throw new Error(USAGE);
  const started = Date.now();
  const database = await openDatabase(options);
  try {
    // What comes while the copy is made may be in it or not: its end is when it began.
    const copy = { endedAt: new Date(started), sql: await database.export() };
    const file = words[0] ?? copyPath('copy', copy.endedAt);
    writeCopy(file, copy);
    const megabytes = (copy.sql.length / 1e6).toLocaleString('vi-VN', { maximumFractionDigits: 1 });
    console.log(`${file}: ${megabytes} MB, hết ${formatSeconds(started)}.`);
    console.log(
      'Thông tin liên lạc trong bản sao đã được mã hóa; khóa ở KV, không có trong bản sao.',
    );
    return true;
  } finally {
    await database.close();
  }
});
