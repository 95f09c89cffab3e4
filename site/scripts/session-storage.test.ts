import { afterEach, expect, test, vi } from 'vitest';
import { withSessionStorage } from './session-storage.ts';

const refuse = (name: string) => () => {
  throw new DOMException('Refused', name);
};

function stub(storage: PropertyDescriptor): void {
  Object.defineProperty(globalThis, 'sessionStorage', { configurable: true, ...storage });
}

afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(globalThis, 'sessionStorage');
});

test.each([
  ['blocked', { get: refuse('SecurityError') }],
  ['null', { value: null }],
  ['missing', { value: undefined }],
  ['full', { value: { setItem: refuse('QuotaExceededError') } }],
] as const)('where storage is %s, gives null and does not throw', (_kind, storage) => {
  stub(storage);
  expect(withSessionStorage((found) => found.setItem('a', 'b'))).toBeNull();
});

test('gives what was read', () => {
  stub({ value: { getItem: (key: string) => `value of ${key}` } });
  expect(withSessionStorage((found) => found.getItem('a'))).toBe('value of a');
});
