import { databaseOptions } from './database/command.ts';
import { openLocal } from './database/local-database.ts';
import { migrate } from './database/migrate.ts';
import { readArguments, runCommand } from './tools/command.mjs';

const USAGE = `node scripts/migrate.ts [--persist-to thư-mục]   đưa cơ sở dữ liệu trên máy tới bản mới nhất`;

await runCommand(async () => {
  const { 'persist-to': persistTo } = databaseOptions;
  const { words, options } = readArguments(USAGE, { 'persist-to': persistTo });
  if (words.length > 0) throw new Error(USAGE);
  const database = await openLocal(options['persist-to']);
  try {
    await migrate(database);
  } finally {
    await database.close();
  }
});
