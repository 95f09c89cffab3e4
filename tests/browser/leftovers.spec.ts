import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { encodingsOf } from '../encodings.ts';
import { fetchIntents } from './intents.ts';
import { service, ward } from './facts.ts';
import { expect, test } from './test.ts';
import { findLeftovers, leftoverRoots } from './leftovers.ts';
import { Life } from './life.ts';
import { someone } from './people.ts';

const folder = process.env['TEST_FOLDER'] ?? '';

test('leaves no personal value of ten requests in any file of the run while it runs', async ({
  page,
  request,
  inbox,
}) => {
  const life = new Life(page, inbox);
  const people = Array.from({ length: 10 }, (_, digit) => someone(digit));
  const intents = await fetchIntents(
    request,
    people.map(() => 'booking'),
  );
  for (const [index, { name, phone, address, email, note }] of people.entries()) {
    const { date, window } = await life.lastStart(service.id);
    const answer = await request.post('/api/bookings', {
      headers: { Accept: 'application/json' },
      data: {
        ...{ name, phone, address, email, note, consent: 'yes', intent: intents[index] },
        ...{ service: service.id, ward: ward.code, date, window },
      },
    });
    expect(answer.status()).toBe(201);
  }
  await expect
    .poll(async () => (await inbox.list()).filter(({ kind }) => kind === 'dispatch').length)
    .toBeGreaterThanOrEqual(10);
  expect(findLeftovers(leftoverRoots(folder))).toEqual([]);
});

test('finds every value of anyone, planted where a run leaves files, in each encoding', () => {
  const { name, phone, e164, address, email, note, message } = someone(3);
  const values = [name, phone, e164, address, email, note, message];
  const planted = values.flatMap(encodingsOf).map((bytes) => `xx${bytes}yy`);
  for (const root of [path.join(folder, 'tmp'), 'test-results']) {
    const place = path.join(root, `planted-${process.pid}`, 'deep');
    mkdirSync(place, { recursive: true });
    const files = planted.map((bytes, at) => {
      const file = path.join(place, String(at));
      writeFileSync(file, bytes, 'latin1');
      return file;
    });
    expect(leftoverRoots(folder).some((one) => root.startsWith(one))).toBe(true);
    expect(findLeftovers([path.dirname(place)]).toSorted()).toEqual(files.toSorted());
    rmSync(path.dirname(place), { recursive: true });
  }
});
