import { writeFileSync } from 'node:fs';
import { booksSql, type BooksRow, isMonth, renderBooks } from './books/csv.ts';
import { makePaymentReference } from '../shared/jobs/payment-reference.ts';
import { databaseOptions, wranglerFlags } from './database/command.ts';
import { queryDatabase } from './database/query-database.ts';
import { readArguments, runCommand } from './tools/command.mjs';

const USAGE = `npm run books -- 2026-11    bảng việc trong tháng, ghi vào books-2026-11.csv, không có thông tin cá nhân
Không có --remote thì đọc cơ sở dữ liệu trên máy này; thêm --remote để đọc hệ thống thật.`;

await runCommand(async () => {
  const { words, options } = readArguments(USAGE, databaseOptions);
  const [month = ''] = words;
  if (!isMonth(month)) throw new Error(USAGE);
  const rows = await queryDatabase(booksSql(month), wranglerFlags(options));
  const file = `books-${month}.csv`;
  const booked = await Promise.all(
    (rows as unknown as (BooksRow & { id: string })[]).map(async (row) => ({
      ...row,
      reference: await makePaymentReference(row.id),
    })),
  );
  writeFileSync(file, renderBooks(booked));
  console.log(`${file}: ${rows.length} đơn`);
});
