import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { storedTables } from '../../shared/privacy/register-storage.ts';
import { later } from '../../shared/time.ts';
import { eraseRecord } from './erase.ts';
import { NOW } from '../test/fixtures.ts';
import { submitBooking, submitMessage } from '../test/records.ts';

type Row = Record<string, unknown>;
type RecordTable = 'bookings' | 'messages';

async function readRow(table: RecordTable, id: string): Promise<Row> {
  const row = await env.DB.prepare(`select * from ${table} where id = ?`).bind(id).first();
  if (row === null) throw new Error('not stored');
  return row;
}

/** Columns that hold nothing: no value, or no byte. */
function listEmpty(row: Row): string[] {
  return Object.keys(row).filter((column) => {
    const value = row[column];
    return value === null || (Array.isArray(value) && value.length === 0);
  });
}

function listEmptied(table: RecordTable): string[] {
  return Object.entries(storedTables[table].afterErasure).flatMap(([column, words]) =>
    words === null ? [column] : [],
  );
}

describe('eraseRecord', () => {
  test.each(['request', 'ended', 'lost'] as const)(
    'leaves of a booking exactly what the policy names (%s), and no seat',
    async (cause) => {
      const { id } = await submitBooking();
      await env.DB.prepare(
        `update bookings set state = 'confirmed', hold_reason = 'links', answers = '{"a":{"b":1}}'`,
      ).run();
      await eraseRecord(env, { id, cause, actor: 'system', now: later(NOW, { days: 400 }) });
      expect(listEmpty(await readRow('bookings', id)).toSorted()).toEqual(
        listEmptied('bookings').toSorted(),
      );
      expect((await env.DB.prepare('select * from seats').all()).results).toEqual([]);
    },
  );

  test('leaves of a message exactly what the policy names, and no code of a booking', async () => {
    const { id } = await submitMessage();
    await env.DB.prepare(
      "update messages set booking_code = 'TS-8K3M2QX', genuine = 1, hold_reason = 'links'",
    ).run();
    await eraseRecord(env, { id, cause: 'request', actor: 'customer', now: NOW });
    expect(listEmpty(await readRow('messages', id)).toSorted()).toEqual(
      listEmptied('messages').toSorted(),
    );
  });
});
