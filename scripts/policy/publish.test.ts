import { describe, expect, test } from 'vitest';
import { type PolicyState, refusePublication } from './publish.ts';

const newest = {
  version: 2,
  date: '2026-11-01',
  sha256: 'a'.repeat(64),
  changes: 'Thêm bên nhận.',
};
const policy: PolicyState = {
  slug: 'bao-hanh',
  draft: '<p>Lời mới</p>',
  changes: 'Rút thời hạn.',
  newest,
  state: 'changed',
  isUnfilled: false,
};

describe('refusePublication', () => {
  test('lets a text go that says what it changes', () =>
    expect(refusePublication(policy)).toBeNull());

  test('stops a changed text that says what the version before changed', () =>
    expect(refusePublication({ ...policy, changes: newest.changes })).toContain(
      'còn là lời của bản 2: "Thêm bên nhận."',
    ));

  test('says nothing of a text that is published as it is', () =>
    expect(refusePublication({ ...policy, changes: newest.changes, state: 'same' })).toBeNull());

  test('stops a text with a place of its template', () =>
    expect(
      refusePublication({ ...policy, newest: null, state: 'unpublished', isUnfilled: true }),
    ).toContain('Thay câu này'));
});
