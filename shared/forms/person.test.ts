import * as v from 'valibot';
import { expect, test } from 'vitest';
import { filledFields, PersonSchema } from './person.ts';

const whole = {
  name: 'Nguyễn Thị Hoa',
  phone: '+84912345678',
  retiredPhone: null,
  formerPhone: null,
  email: null,
  address: '12 Lê Lợi',
  note: null,
  staffNote: null,
  message: null,
  covers: null,
  agreedCovers: null,
  ratingWords: null,
};

test('a person is read as it was sealed', () => {
  expect(v.parse(PersonSchema, JSON.parse(JSON.stringify(whole)))).toEqual(whole);
});

test('a field that a record was sealed without is null', () => {
  const older = { ...whole, retiredPhone: undefined, formerPhone: undefined, note: undefined };
  expect(v.parse(PersonSchema, JSON.parse(JSON.stringify(older)))).toEqual(whole);
});

test('a field that is no longer known is dropped', () => {
  expect(v.parse(PersonSchema, { ...whole, birthday: '1990-01-01' })).toEqual(whole);
});

test.each([
  ['no object', 'Hoa'],
  ['no name', { ...whole, name: undefined }],
  ['a number for a phone', { ...whole, phone: 84912345678 }],
])('%s is no person', (_kind, value) => {
  expect(v.is(PersonSchema, value)).toBe(false);
});

test('filledFields names what a person has', () => {
  expect(filledFields(whole)).toEqual(['name', 'phone', 'address']);
});
