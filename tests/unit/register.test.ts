import { describe, expect, test } from 'vitest';
import { readWranglerConfig } from '../../scripts/tools/wrangler-config.ts';
import { bookingFieldNames } from '../../shared/forms/booking.ts';
import { company } from '../../shared/content/catalogue.ts';
import { consentWordings, knownWordings, wordingText } from '../../shared/forms/consent.ts';
import { contactFieldNames } from '../../shared/forms/contact.ts';
import { DispatchAddressSchema, DispatchJobSchema } from '../../shared/jobs/dispatch.ts';
import type { Person } from '../../shared/forms/person.ts';
import {
  fieldsFor,
  fieldsInStaffEmail,
  fieldsOf,
  listCompanions,
  listFields,
} from '../../shared/privacy/register-fields.ts';
import { addressParts, jobFields } from '../../shared/privacy/register-outside.ts';
import type { TableEntry } from '../../shared/privacy/register-columns.ts';
import { storedTables } from '../../shared/privacy/register-storage.ts';
import { recipients, retention } from '../../shared/privacy/register.ts';
import { staffPhones } from '../../shared/privacy/staff-phones.ts';
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
      formerPhone: true,
      email: true,
      address: true,
      note: true,
      staffNote: true,
      message: true,
      covers: true,
      agreedCovers: true,
      ratingWords: true,
    };
    const known = [...listFields(), ...listCompanions().map(({ name }) => name)];
    expect(sorted(Object.keys(whole))).toEqual(sorted(known));
  });

  test('knows every key that dispatch receives', () => {
    const { entries } = DispatchJobSchema;
    expect(sorted(Object.keys(entries))).toEqual(
      sorted([...Object.keys(jobFields), ...fieldsFor('dispatch')]),
    );
    expect(Object.keys(DispatchAddressSchema.entries)).toEqual(addressParts);
  });

  test('gives dispatch what the contract says and no more', () => {
    expect(fieldsFor('dispatch')).toEqual(['name', 'phone', 'address']);
  });

  test.each([
    [
      'booking',
      bookingFieldNames,
      [
        ...['service', 'quantity', 'repeat', 'ward', 'wardName'],
        ...['date', 'window', 'slot', 'day', 'consent'],
      ],
    ],
    ['contact', contactFieldNames, ['kind', 'code', 'consent', 'lang', 'proof']],
  ] as const)('knows every field of the form %s', (form, names, ofTheJob) => {
    const ofTheForm = ['policy', 'intent', 'website'];
    expect(sorted(names)).toEqual(sorted([...fieldsOf(form), ...ofTheJob, ...ofTheForm]));
  });

  test('mails nothing that a form does not ask for or the office may not have', () => {
    for (const form of ['booking', 'contact'] as const) {
      const may = fieldsOf(form).filter((field) => fieldsFor('office').includes(field));
      expect(may).toEqual(expect.arrayContaining(fieldsInStaffEmail(form)));
    }
  });

  test('knows every address of wrangler.toml that something is sent to', () => {
    const limits = [
      'FLOOD_LIMIT',
      'NETWORK_LIMIT',
      'UNCONFIRMED_LIMIT',
      'STAFF_MAIL_LIMIT',
      'PHOTO_LIMIT',
      'LETTERS_A_DAY',
    ];
    const bank = ['BANK_BIN', 'BANK_ACCOUNT', 'BANK_NAME'];
    // The owner's mailbox gets counts only.
    const ours = ['PUBLIC_ORIGIN', 'SENDER_ADDRESS', 'OWNER_ADDRESS', ...limits, ...bank];
    const { vars } = readWranglerConfig();
    const known = Object.values(recipients).flatMap(({ hosts }): readonly string[] => hosts);
    const named = [...known, ...staffPhones.hosts].filter((host) => /^[A-Z_]+$/.test(host));
    expect(sorted(Object.keys(vars))).toEqual(sorted([...ours, ...named]));
  });
});

describe('what stays of an erased record', () => {
  const tables: [string, TableEntry][] = Object.entries(storedTables);
  const staying = tables.flatMap(([table, { afterErasure }]) =>
    typeof afterErasure === 'string'
      ? [{ table, column: '*', words: afterErasure }]
      : Object.entries(afterErasure ?? {}).map(([column, words]) => ({ table, column, words })),
  );

  test.each(['bookings', 'messages'] as const)('is said column by column for %s', (table) => {
    const { afterErasure, columns } = storedTables[table];
    expect(sorted(Object.keys(afterErasure))).toEqual(sorted(Object.keys(columns)));
  });

  test('is said for every table whose rows stay with the record', () => {
    expect(sorted(new Set(staying.map(({ table }) => table)))).toEqual([
      'bookings',
      'deliveries',
      'disclosures',
      'events',
      'messages',
      'payments',
      'plans',
      'prices',
      'ratings',
      'rights_requests',
    ]);
  });

  test('is named in the words of the retention table', () => {
    const { what } = retention.emptied;
    expect(staying.filter(({ words }) => words !== null && !what.includes(words))).toEqual([]);
  });

  test('holds nothing that is sealed, a hash or an intent', () => {
    for (const table of ['bookings', 'messages'] as const) {
      const { afterErasure, columns }: TableEntry = storedTables[table];
      const kept = Object.entries(afterErasure ?? {}).filter(([, words]) => words !== null);
      expect(kept.filter(([column]) => columns[column] !== 'plain')).toEqual([]);
    }
  });
});

describe('a wording that people agree to', () => {
  test.each(Object.values(consentWordings))('$id says what it has always said', ({ id, text }) => {
    expect(text.replace(company.name, '{company}')).toBe(knownWordings[id]);
    expect(wordingText(id)).toBe(text);
  });

  test('has no text where the id is unknown', () => {
    expect(wordingText('booking-0')).toBeNull();
  });
});
