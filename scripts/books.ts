import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { booksSql, type BookRow, isMonth, renderBooks } from './books/csv.ts';
import { queryDatabase, splitFlags } from './database/query-database.ts';

const USAGE = `npm run books -- 2026-11    bảng việc trong tháng, ghi vào books-2026-11.csv, không có thông tin cá nhân
Không có --remote thì đọc cơ sở dữ liệu trên máy này; thêm --remote để đọc hệ thống thật.`;

async function main(args: readonly string[]): Promise<void> {
  const { words, flags } = splitFlags(args);
  const [month = ''] = words;
  if (!isMonth(month)) throw new Error(USAGE);
  const rows = (await queryDatabase(booksSql(month), flags)) as unknown as BookRow[];
  const file = `books-${month}.csv`;
  writeFileSync(file, renderBooks(rows));
  console.log(`${file}: ${rows.length} đơn`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
