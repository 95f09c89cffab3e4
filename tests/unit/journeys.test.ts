import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isMarked, someone } from '../browser/people.ts';
import { findStrangers } from '../browser/watch.ts';

const FOLDER = path.join(import.meta.dirname, '..', 'browser');
const PHONE = /(?:\+84|\b0)[235789](?:[ .-]?\d){7,9}\b/g;
/** Where a journey says who somebody is, or sends something without a page. */
const SAYS_WHO = /'(?:Họ và tên|Số điện thoại)'|\.post\(/;
const WATCHED = /from '\.\/test\.ts'/;

const journeys = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.spec.ts') || name === 'life.ts')
  .map((name) => ({ name, text: readFileSync(path.join(FOLDER, name), 'utf8') }));

describe('The journeys in Chromium', () => {
  test('take every number from the people whom the search for what is left looks for', () => {
    const own = journeys.flatMap(({ name, text }) =>
      (text.match(PHONE) ?? [])
        .filter((number) => !isMarked(number))
        .map((number) => [name, number]),
    );
    expect(own).toEqual([]);
  });

  test('are watched where they say who somebody is', () => {
    const naming = journeys.filter(({ text }) => SAYS_WHO.test(text));
    expect(naming).toHaveLength(14);
    const unwatched = naming.filter(({ text }) => !WATCHED.test(text));
    expect(unwatched.map(({ name }) => name)).toEqual([]);
  });

  test('fail where they send a person of their own', () => {
    const { name, phone, note } = someone(1);
    expect(findStrangers({ name, phone, note, email: '', service: 'x' })).toEqual([]);
    expect(findStrangers({ name: 'Lê Thị Lạ', phone: '0912 345 678', note })).toEqual([
      'name: Lê Thị Lạ',
      'phone: 0912 345 678',
    ]);
  });
});
