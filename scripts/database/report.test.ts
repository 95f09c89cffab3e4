import { expect, test } from 'vitest';
import { later } from '../../shared/time.ts';
import type { Row } from './query-database.ts';
import { toKeySeconds } from '../../worker/personal-data/key-store.ts';
import type { Database } from './database.ts';
import { compareWithKeyStore, describeReport, isKeyStoreDoubtful } from './report.ts';

const restoredAt = new Date();
const longAgo = later(restoredAt, { days: -2 }).toISOString();
const restore = { copyEndedAt: new Date(longAgo), at: restoredAt };

function record(id: string, changes: Row = {}): Row {
  const key_ends_at = later(restoredAt, { days: 30 }).toISOString();
  return { id, code: `TS-${id}`, key_ends_at, erased_at: null, created_at: longAgo, ...changes };
}

function databaseOf(
  rows: Row[],
  keys: string[],
  ends: Readonly<Record<string, Date>> = {},
): Database {
  const note = { code: 'TS-LOST', at: longAgo };
  return {
    listTables: async () => [],
    query: async (sql) => (sql.includes('from bookings') ? rows : [{ review: 2 }]),
    export: async () => '',
    import: async () => undefined,
    listKeys: async () =>
      keys.map((id) => {
        const end = ends[id];
        return { id, endsAtSeconds: end === undefined ? null : toKeySeconds(end), note };
      }),
    close: async () => undefined,
  };
}

test('names records without a key and keys without a record, and leaves young, ended and erased ones out', async () => {
  const rows = [
    record('kept'),
    record('gone'),
    record('young', { created_at: restoredAt.toISOString() }),
    record('ended', { key_ends_at: longAgo }),
    record('erased', { erased_at: longAgo }),
  ];
  const report = await compareWithKeyStore(databaseOf(rows, ['kept', 'lost']), restore);
  expect(report).toMatchObject({ live: 2, keyless: ['TS-gone'], young: 1, review: 2 });
  expect(report.lost).toEqual([{ id: 'lost', code: 'TS-LOST', at: longAgo }]);
  expect(isKeyStoreDoubtful(report)).toBe(false);
  expect(describeReport(report, '')).toContain(
    'Yêu cầu có thể đã mất (gửi sau bản sao, không còn trong cơ sở dữ liệu): 1\n  TS-LOST',
  );
});

test('names what was called off after the copy, for the copy knows nothing of it', async () => {
  const ends = { off: later(restoredAt, { days: 9 }), on: later(restoredAt, { days: 30 }) };
  const rows = [record('off'), record('on')];
  const report = await compareWithKeyStore(databaseOf(rows, ['off', 'on'], ends), restore);
  expect(report.changed).toEqual(['TS-off']);
  expect(describeReport(report, '')).toContain('nay trở lại như lúc sao: 1\n  TS-off\nGọi lại');
});

test('doubts the key store where most records have no key', async () => {
  const rows = ['1', '2', '3', '4', '5', '6', '7'].map((id) => record(id));
  const report = await compareWithKeyStore(databaseOf(rows, ['1', '2', '3']), restore);
  expect(isKeyStoreDoubtful(report)).toBe(true);
});
