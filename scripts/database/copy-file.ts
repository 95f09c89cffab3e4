import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A copy of the database: when it ended, and its SQL. */
export interface Copy {
  endedAt: Date;
  sql: string;
}

const HEADER = /^-- Copy of the database, ended (\S+)\n/;

/** The name of a copy made at an instant, in the folder that git does not see. */
export function nameCopy(kind: 'copy' | 'before-restore', at: Date): string {
  return path.join('backups', `${kind}-${at.toISOString().slice(0, 19).replaceAll(':', '')}Z.sql`);
}

/** Writes a copy for its owner's eyes only: sealed details, but codes, wards and days in the clear. */
export function writeCopy(file: string, { endedAt, sql }: Copy): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const header = `-- Copy of the database, ended ${endedAt.toISOString()}\n`;
  writeFileSync(file, `${header}${sql}\n`, { mode: 0o600, flag: 'wx' });
}

/** Reads a copy; throws where it is none, or is newer than the code. A copy of wrangler's own needs its end said. */
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

/** The migrations that a copy has had. */
export function listMigrations(sql: string): string[] {
  const rows = sql.match(/^INSERT INTO "d1_migrations".*$/gm) ?? [];
  return rows.flatMap((row) => /'([^']+\.sql)'/.exec(row)?.[1] ?? []);
}
