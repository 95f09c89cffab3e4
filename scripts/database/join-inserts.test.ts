import { expect, test } from 'vitest';
import { joinInserts } from './join-inserts.ts';

test('joins neighbours of one table and leaves every other statement as it is', () => {
  const statements = [
    'CREATE TABLE a (x text)',
    `INSERT INTO "a" ("x") VALUES('1; (2)');`,
    `INSERT INTO "a" ("x") VALUES('INSERT INTO "a" ("x") VALUES(3)')`,
    `INSERT INTO "b" ("x") VALUES(4)`,
    'DELETE FROM c',
    `INSERT INTO "a" ("x") VALUES(5)`,
  ];
  expect(joinInserts(statements)).toEqual([
    'CREATE TABLE a (x text)',
    `INSERT INTO "a" ("x") VALUES('1; (2)'),('INSERT INTO "a" ("x") VALUES(3)')`,
    `INSERT INTO "b" ("x") VALUES(4)`,
    'DELETE FROM c',
    `INSERT INTO "a" ("x") VALUES(5)`,
  ]);
});

test('begins a new statement before one becomes too long', () => {
  const row = `INSERT INTO "a" ("x") VALUES('${'x'.repeat(30_000)}')`;
  expect(joinInserts([row, row])).toEqual([row, row]);
  expect(
    joinInserts(Array.from({ length: 401 }, () => 'INSERT INTO "a" ("x") VALUES(1)')),
  ).toHaveLength(3);
});
