import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { listMigrations, copyPath, readCopy, writeCopy } from './copy-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'copy-'));
afterAll(() => rmSync(folder, { recursive: true }));

const endedAt = new Date('2026-11-25T03:00:00.000Z');
const sql = `CREATE TABLE "bookings" (id text);
INSERT INTO "d1_migrations" ("id","name","applied_at") VALUES(1,'0001_init.sql','2026-11-20 01:00:00');`;

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('A copy of the database', () => {
  test('comes back with its end and its SQL, and is for its owner only', () => {
    const file = path.join(folder, copyPath('copy', endedAt));
    writeCopy(file, { endedAt, sql });
    expect(path.basename(file)).toBe('copy-2026-11-25T030000Z.sql');
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readCopy(file, ['0001_init.sql'])).toEqual({ endedAt, sql: `${sql}\n` });
    expect(() => writeCopy(file, { endedAt, sql })).toThrow('EEXIST');
  });

  test.each([
    ['nothing', 'gone.sql', null, 'Không có tệp'],
    ['another database', 'other.sql', 'CREATE TABLE t (a);', 'không phải bản sao'],
    ['a copy without its end', 'plain.sql', sql, '--copied-at'],
    [
      'a copy newer than the code',
      'newer.sql',
      `-- Copy of the database, ended 2026-11-25T03:00:00.000Z\n${sql.replace('0001_init', '0099_new')}`,
      '0099_new.sql',
    ],
  ])('is refused in a sentence where the file is %s', (_, name, text, words) => {
    const file = text === null ? path.join(folder, name) : write(name, text);
    expect(() => readCopy(file, ['0001_init.sql'])).toThrow(words);
  });

  test("takes its end from the person where wrangler's own export does not say it", () => {
    const file = write('wrangler.sql', sql);
    const copy = readCopy(file, ['0001_init.sql'], '2026-11-25T03:00:00Z');
    expect(copy.endedAt).toEqual(endedAt);
    expect(listMigrations(copy.sql)).toEqual(['0001_init.sql']);
  });
});
