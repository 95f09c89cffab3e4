import { describe, expect, test } from 'vitest';
import { withoutTraces } from './without-traces.ts';

const trace = '0123456789abcdef0123456789abcdef';
const insert = (table: string, columns: string, values: string) =>
  `INSERT INTO "${table}" (${columns}) VALUES(${values});`;

describe('A copy of the database', () => {
  test.each(['bookings', 'messages'])('keeps no trace of a person in %s', (table) => {
    const columns = '"id","sealed","content_hash","phone_hash","created_at"';
    const sql = insert(table, columns, `'one',X'00ff','${trace}','${trace}','2026-11-25'`);
    expect(withoutTraces(sql)).toBe(insert(table, columns, `'one',X'00ff',NULL,NULL,'2026-11-25'`));
  });

  test('keeps every other value, whatever it is written with', () => {
    const columns = '"hold_reason","quantity","note","content_hash","n"';
    const lines = String.raw`replace(replace('a\r\nb, ''c''','\r',char(13)),'\n',char(10))`;
    const rest = `'it''s, (a);\nnew ''line''',-1.5e3,${lines},`;
    const sql = insert('bookings', columns, `${rest}'${trace}',7`);
    expect(withoutTraces(sql)).toBe(insert('bookings', columns, `${rest}NULL,7`));
  });

  test('leaves other tables and statements as they are', () => {
    const sql = `PRAGMA defer_foreign_keys=TRUE;
CREATE TABLE bookings (id text, content_hash text);
${insert('events', '"id","reason"', `'e','${trace}'`)}`;
    expect(withoutTraces(sql)).toBe(sql);
  });

  test('is not made where a row cannot be read', () => {
    const strange = `INSERT INTO "bookings" VALUES('one','${trace}');`;
    expect(() => withoutTraces(strange)).toThrow('bookings');
    expect(() => withoutTraces(`insert into bookings(id) select 1;`)).toThrow('bookings');
    const short = insert('messages', '"id","phone_hash"', `'one'`);
    expect(() => withoutTraces(short)).toThrow('messages');
    const unknown = insert('messages', '"id","phone_hash"', `'one',char(7)`);
    expect(() => withoutTraces(unknown)).toThrow('messages');
  });
});
