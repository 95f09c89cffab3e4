import { expect, test } from 'vitest';
import { storedTables } from '../../shared/privacy/register-storage.ts';
import { LEFT_OUT, writeSql } from './database.ts';

test('every keyed hash of what people sent stands in the table that copies leave out', () => {
  // The hash of a phone's push address is of staff; that of a subscriber's address keeps one person from two rows, also in a copy.
  const tables = Object.entries(storedTables).filter(
    ([name, { columns }]) =>
      !['push_phones', 'subscribers'].includes(name) &&
      Object.values(columns).some((kind) => kind === 'hash'),
  );
  expect(tables.map(([name]) => name)).toEqual([LEFT_OUT]);
});

test('a copy has every table and index, and the rows of every table but one', async () => {
  const schema = [
    { type: 'table', sql: 'CREATE TABLE bookings (id text)' },
    { type: 'index', sql: 'CREATE INDEX by_id ON bookings (id)' },
    { type: 'table', sql: `CREATE TABLE ${LEFT_OUT} (subject_id text)` },
  ];
  const database = { query: async () => schema, listTables: async () => ['bookings', LEFT_OUT] };
  const sql = await writeSql(database, async (tables) => `-- rows of ${tables.join()}`);
  expect(sql.split('\n')).toEqual([
    'CREATE TABLE bookings (id text);',
    `CREATE TABLE ${LEFT_OUT} (subject_id text);`,
    '-- rows of bookings',
    'CREATE INDEX by_id ON bookings (id);',
  ]);
});

test('no copy is made of a database whose records still hold keyed hashes', async () => {
  const database = { query: async () => [], listTables: async () => ['bookings'] };
  await expect(writeSql(database, async () => '')).rejects.toThrow(LEFT_OUT);
});
