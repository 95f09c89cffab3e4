import { describe, expect, test } from 'vitest';
import { readWranglerConfig } from '../../scripts/tools/wrangler-config.ts';
import { bookingFieldNames } from '../../shared/forms/booking.ts';
import { company } from '../../shared/content/catalogue.ts';
import { consentWordings, knownWordings, wordingText } from '../../shared/forms/consent.ts';
import { contactFieldNames } from '../../shared/forms/contact.ts';
import { DispatchJobSchema } from '../../shared/jobs/dispatch.ts';
import type { Person } from '../../shared/forms/person.ts';
import { fieldsFor, fieldsOf, listFields } from '../../shared/privacy/register-fields.ts';
import {
  addressParts,
  jobFields,
  remainders,
  remainingParts,
  storedTables,
} from '../../shared/privacy/register-storage.ts';
import { belongings, mailedFields, recipients, retention } from '../../shared/privacy/register.ts';
import { makeDatabase } from './sqlite-d1.ts';

const sorted = (names: Iterable<string>) => [...names].toSorted();

describe('the register', () => {
  test('names every table and column of the database, and none that is not there', () => {
    const columns = makeDatabase()
      .prepare(
        `select m.name || '.' || c.name as name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table'`,
      )
      .all()
      .map(({ name }) => String(name));
    const named = Object.entries(storedTables).flatMap(([table, { columns: list }]) =>
      Object.keys(list).map((column) => `${table}.${column}`),
    );
    expect(sorted(named)).toEqual(sorted(columns));
  });

  test('lets no personal field have a column of its own', () => {
    const fields: readonly string[] = listFields();
    for (const { columns } of [storedTables.bookings, storedTables.messages]) {
      expect(Object.keys(columns).filter((column) => fields.includes(column))).toEqual([]);
    }
  });

  test('knows everything that is sealed', () => {
    const whole: Record<keyof Person, true> = {
      name: true,
      phone: true,
      retiredPhone: true,
      email: true,
      address: true,
      note: true,
      message: true,
    };
    const known = [...listFields(), ...Object.keys(belongings)];
    expect(sorted(Object.keys(whole))).toEqual(sorted(known));
  });

  test('knows every key that dispatch receives', () => {
    const { entries } = DispatchJobSchema;
    expect(sorted(Object.keys(entries))).toEqual(
      sorted([...Object.keys(jobFields), ...fieldsFor('dispatch')]),
    );
    expect(Object.keys(entries.address.entries)).toEqual(addressParts);
  });

  test('gives dispatch what the contract says and no more', () => {
    expect(fieldsFor('dispatch')).toEqual(['name', 'phone', 'address']);
  });

  test.each([
    [
      'booking',
      bookingFieldNames,
      ['service', 'quantity', 'ward', 'date', 'window', 'slot', 'consent'],
    ],
    ['contact', contactFieldNames, ['kind', 'code', 'consent']],
  ] as const)('knows every field of the form %s', (form, names, ofTheJob) => {
    const ofTheForm = ['policy', 'intent', 'website'];
    expect(sorted(names)).toEqual(sorted([...fieldsOf(form), ...ofTheJob, ...ofTheForm]));
  });

  test('mails nothing that a form does not ask for or the office may not have', () => {
    for (const form of ['booking', 'contact'] as const) {
      const may = fieldsOf(form).filter((field) => fieldsFor('office').includes(field));
      expect(may).toEqual(expect.arrayContaining([...mailedFields[form]]));
    }
  });

  test('knows every address of wrangler.toml that something is sent to', () => {
    const ours = ['PUBLIC_ORIGIN', 'SENDER_ADDRESS', 'FLOOD_LIMIT'];
    const { vars } = readWranglerConfig();
    const known = Object.values(recipients).flatMap(({ hosts }): readonly string[] => hosts);
    const named = known.filter((host) => /^[A-Z_]+$/.test(host));
    expect(sorted(Object.keys(vars))).toEqual(sorted([...ours, ...named]));
  });
});

describe('the remainder of an erased record', () => {
  test.each(['bookings', 'messages'] as const)('is told column by column for %s', (table) => {
    expect(sorted(Object.keys(remainders[table]))).toEqual(
      sorted(Object.keys(storedTables[table].columns)),
    );
    const words = Object.values(remainders[table]).filter((word) => word !== null);
    expect(words.filter((word) => !retention.emptied.what.includes(word))).toEqual([]);
  });

  test('names every table whose rows stay with it', () => {
    const apart = [
      ...['receipts', 'repeats', 'seats', 'window_locks'],
      ...['channels', 'tries', 'visits', 'task_runs'],
    ];
    expect(sorted([...Object.keys(remainders), ...Object.keys(remainingParts), ...apart])).toEqual(
      sorted(Object.keys(storedTables)),
    );
    const words = Object.values(remainingParts);
    expect(words.filter((word) => !retention.emptied.what.includes(word))).toEqual([]);
  });

  test('keeps nothing that is sealed, a trace or an intent', () => {
    for (const table of ['bookings', 'messages'] as const) {
      const kinds: Readonly<Record<string, string>> = storedTables[table].columns;
      const kept = Object.entries(remainders[table]).filter(([, word]) => word !== null);
      expect(kept.filter(([column]) => kinds[column] !== 'plain')).toEqual([]);
    }
  });
});

describe('a wording that people agree to', () => {
  test.each(Object.values(consentWordings))('$id says what it has always said', ({ id, text }) => {
    expect(text.replace(company.name, '{company}')).toBe(knownWordings[id]);
    expect(wordingText(id)).toBe(text);
  });

  test('that no line has is told as none', () => {
    expect(wordingText('booking-0')).toBeNull();
  });
});
