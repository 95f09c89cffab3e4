import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A copy of the database: its SQL, and the instant after which changes may be missing in it. */
export interface Copy {
  endedAt: Date;
  sql: string;
}

const HEADER = /^-- Copy of the database, ended (\S+)\n/;

/** The name of a copy made at an instant, in `backups/`, which git ignores. */
export function copyPath(kind: 'copy' | 'before-restore', at: Date): string {
  return path.join('backups', `${kind}-${at.toISOString().slice(0, 19).replaceAll(':', '')}Z.sql`);
}

/** Writes a copy that only its owner can read (mode 0600): personal data is sealed in it, codes, wards and days are plain. */
export function writeCopy(file: string, { endedAt, sql }: Copy): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const header = `-- Copy of the database, ended ${endedAt.toISOString()}\n`;
  writeFileSync(file, `${header}${sql}\n`, { mode: 0o600, flag: 'wx' });
}

/** Reads a copy; throws where the file is no copy, or newer than this code. A plain `wrangler d1 export` has no header and needs `copiedAt`. */
export function readCopy(file: string, known: readonly string[], copiedAt?: string): Copy {
  if (!existsSync(file)) throw new Error(`Không có tệp ${file}.`);
  const text = readFileSync(file, 'utf8');
  const end = copiedAt ?? HEADER.exec(text)?.[1];
  if (!/CREATE TABLE "?bookings"?/i.test(text) || !/"d1_migrations"/.test(text)) {
    throw new Error(`${file} không phải bản sao của cơ sở dữ liệu này.`);
  }
  if (end === undefined || Number.isNaN(Date.parse(end))) {
    throw new Error(`${file} không ghi lúc sao. Thêm --copied-at 2026-11-25T03:00:00Z (giờ UTC).`);
  }
  const newer = listMigrations(text).find((name) => !known.includes(name));
  if (newer !== undefined) {
    throw new Error(`Bản sao có thay đổi ${newer} mà mã nguồn này chưa có: lấy bản mã mới hơn.`);
  }
  return { endedAt: new Date(end), sql: text.replace(HEADER, '') };
}

/** Names of the migrations applied in a copy. */
export function listMigrations(sql: string): string[] {
  const rows = sql.match(/^INSERT INTO "d1_migrations".*$/gm) ?? [];
  return rows.flatMap((row) => /'([^']+\.sql)'/.exec(row)?.[1] ?? []);
}
