import { describe, expect, test } from 'vitest';
import { DRAFT_MINUTES, packDraft, unpackDraft } from './draft.ts';

const now = Date.UTC(2026, 10, 22, 8);
const typed: [string, string][] = [
  ['name', 'Nguyễn Thị Ễ'],
  ['email', ''],
  ['consent', 'yes'],
  ['intent', 'signed'],
];

describe('unpackDraft', () => {
  test('gives back what was typed, without consent, intent and empty fields', () => {
    expect(unpackDraft(packDraft(typed, now), now)).toEqual({ name: 'Nguyễn Thị Ễ' });
  });

  test('gives nothing back when its time is over', () => {
    const later = now + DRAFT_MINUTES * 60_000 + 1;
    expect(unpackDraft(packDraft(typed, now), later)).toEqual({});
  });

  test.each([null, '', '{', '[]', '{"at":"x","values":{}}', '{"at":1}'])(
    'gives nothing back for %j',
    (text) => {
      expect(unpackDraft(text, now)).toEqual({});
    },
  );
});
