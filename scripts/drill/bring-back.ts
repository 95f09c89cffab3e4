import { formatSeconds } from '../database/command.ts';
import type { Database } from '../database/database.ts';
import { compareWithKeyStore, isKeyStoreDoubtful } from '../database/report.ts';
import { loadCopy } from '../database/restore.ts';
import { SENDING_SQL } from '../../worker/store/sending.ts';

/** Copies a database, loads the copy into an empty one and compares the row counts of each table; throws where they differ. */
export async function bringBack(
  source: Database,
  target: Database,
): Promise<{ endedAt: Date; rows: number }> {
  const started = Date.now();
  const copy = { endedAt: new Date(started), sql: await source.export() };
  console.log(`Sao cơ sở dữ liệu: hết ${formatSeconds(started)}.`);
  const loading = Date.now();
  await loadCopy(target, { copy, tables: [], now: new Date() });
  const rows = await countRows(target, copy.sql);
  console.log(`Đưa ${rows} dòng vào kho tạm: hết ${formatSeconds(loading)}.`);
  const [state] = await target.query(SENDING_SQL);
  if (typeof state?.['off_since'] !== 'string') throw new Error('Gửi tin không tắt.');
  await compareKeys(source, target, copy);
  return { endedAt: copy.endedAt, rows };
}

/** Counts the restored rows. A restore adds one row of its own to `channels` and to `task_runs`. */
async function countRows(target: Database, sql: string): Promise<number> {
  let rows = 0;
  for (const table of await target.listTables()) {
    const written = sql.split(`\nINSERT INTO "${table}" `).length - 1;
    const [row] = await target.query(`select count(*) as n from "${table}"`);
    const found = Number(row?.['n']);
    const marks = ['channels', 'task_runs'].includes(table) ? found - written : 0;
    if (found - marks !== written || marks > 1) {
      throw new Error(`Bảng ${table}: bản sao có ${written} dòng, kho tạm có ${found}.`);
    }
    rows += written;
  }
  return rows;
}

/** A restore leaves the key store alone, so the source's keys must fit the restored rows. */
async function compareKeys(
  source: Database,
  target: Database,
  copy: { endedAt: Date },
): Promise<void> {
  const report = await compareWithKeyStore(
    { ...target, listKeys: () => source.listKeys() },
    { copyEndedAt: copy.endedAt, at: new Date() },
  );
  console.log(
    `Hồ sơ còn hạn: ${report.live}, chưa kể hồ sơ mới dưới 10 phút; không có khóa: ${report.keyless.length}.`,
  );
  if (isKeyStoreDoubtful(report)) throw new Error('Quá nhiều hồ sơ không có khóa: xem lại kho KV.');
}
