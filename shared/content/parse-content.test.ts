import * as v from 'valibot';
import { expect, test } from 'vitest';
import { findContentIssues } from './parse-content.ts';

const Schema = v.strictObject({ label: v.string('Ghi tên.') }, 'Chỉ gồm label.');

test.each([
  ['an entry that is missing', {}, 'label', 'Thiếu mục "label": thêm vào.'],
  ['an entry that should not be there', { label: 'a', amount: 1 }, 'amount', 'Chỉ gồm label.'],
  ['no object at all', 'a', '(cả tệp)', 'Chỉ gồm label.'],
  ['an entry of the wrong kind', { label: 1 }, 'label', 'Ghi tên.'],
])('names %s', (_, data, field, message) => {
  expect(findContentIssues('a.json', Schema, data)).toEqual([{ file: 'a.json', field, message }]);
});
