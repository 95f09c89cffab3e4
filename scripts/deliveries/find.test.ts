import { expect, test } from 'vitest';
import { company } from '../../shared/content/catalogue.ts';
import { makeCode } from '../../shared/jobs/code.ts';
import type { Row } from '../database/query-database.ts';
import { type Ask, requireDelivery } from './find.ts';

const ID = '4b6e7d0e-0000-4000-8000-000000000000';
const CODE = makeCode(company.codePrefix, new Uint8Array(6));

const askOf = (rows: Row[]): Ask => Object.assign(async () => rows, { suffix: ' --remote' });

test('a delivery that is there is taken', async () => {
  expect(await requireDelivery(askOf([{ id: ID }]), ID)).toBe(ID);
});

test.each([
  ['an unknown id', ID, `Không có lượt gửi nào mang mã ${ID}.`],
  ['a slip', '4b6e', 'Không có lượt gửi nào mang mã 4b6e.'],
  ['the code of a record', CODE, `npm run deliveries -- show ${CODE} --remote`],
  ['nothing', '', 'npm run deliveries -- list --remote'],
])('%s is answered by what it is, with the command that helps', async (_what, typed, words) => {
  await expect(requireDelivery(askOf([]), typed)).rejects.toThrow(words);
});
