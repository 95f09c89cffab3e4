import { formatSeconds } from '../database/command.ts';
import type { Place } from '../database/place.ts';
import { compareWithVault, isVaultDoubtful } from '../database/report.ts';
import { loadCopy } from '../database/restore.ts';
import { SENDING_SQL } from '../../worker/store/sending.ts';

/** Copies a database, loads the copy into an empty place and compares row by row counts; throws where anything is amiss. */
export async function bringBack(
  source: Place,
  scratch: Place,
): Promise<{ endedAt: Date; rows: number }> {
  const started = Date.now();
  const copy = { endedAt: new Date(started), sql: await source.export() };
  console.log(`Sao cơ sở dữ liệu: hết ${formatSeconds(started)}.`);
  const loading = Date.now();
  await loadCopy(scratch, { copy, tables: [], now: new Date() });
  const rows = await countRows(scratch, copy.sql);
  console.log(`Đưa ${rows} dòng vào kho tạm: hết ${formatSeconds(loading)}.`);
  const [state] = await scratch.query(SENDING_SQL);
  if (typeof state?.['off_since'] !== 'string') throw new Error('Gửi tin không tắt.');
  await compareKeys(source, scratch);
  return { endedAt: copy.endedAt, rows };
}

/** The rows that came back, by table as many as the copy holds; a restore adds marks of its own to two tables. */
async function countRows(scratch: Place, sql: string): Promise<number> {
  let rows = 0;
  for (const table of await scratch.listTables()) {
    const written = sql.split(`\nINSERT INTO "${table}" `).length - 1;
    const [row] = await scratch.query(`select count(*) as n from "${table}"`);
    const found = Number(row?.['n']);
    const marks = ['channels', 'task_runs'].includes(table) ? found - written : 0;
    if (found - marks !== written || marks > 1) {
      throw new Error(`Bảng ${table}: bản sao có ${written} dòng, kho tạm có ${found}.`);
    }
    rows += written;
  }
  return rows;
}

/** The vault stays where it is: its keys must fit the rows that came back. */
async function compareKeys(source: Place, scratch: Place): Promise<void> {
  const report = await compareWithVault(
    { ...scratch, listKeys: () => source.listKeys() },
    new Date(),
  );
  console.log(
    `Hồ sơ còn hạn: ${report.live}, chưa kể hồ sơ mới dưới 10 phút; không có khóa: ${report.keyless.length}.`,
  );
  if (isVaultDoubtful(report)) throw new Error('Quá nhiều hồ sơ không có khóa: xem lại kho KV.');
}
