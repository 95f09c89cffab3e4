import { expect, test } from 'vitest';
import { ROOT } from '../tools/environment.mjs';
import { checkContent } from './check.ts';

test('checkContent finds nothing wrong in what the owner wrote', async () => {
  expect(await checkContent(ROOT, new Date())).toEqual([]);
});
