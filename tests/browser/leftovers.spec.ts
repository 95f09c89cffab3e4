import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { encodingsOf } from '../encodings.ts';
import { service, ward } from './facts.ts';
import { findLeftovers, leftoverRoots } from './leftovers.ts';
import { expect, test } from './house.ts';

const MARKERS = {
  name: 'Đặng Thị Mốc Dấu',
  address: '99 ngõ Dấu Vết Lạ',
  note: 'Ghi chú đánh dấu ẩm ướt',
  email: 'moc.dau.rieng@example.com',
};

test('leaves no personal value in any file of the run, in any encoding', async ({
  request,
  inbox,
}) => {
  const state = process.env['HOUSE_STATE'] ?? '';
  const since = Date.now() - 20 * 60_000;
  const phones = Array.from({ length: 10 }, (_, index) => `09681357${String(20 + index)}`);
  const open = await request.get(`/api/availability?service=${service.id}&days=40`);
  const { days } = (await open.json()) as {
    days: { date: string; windows: { id: string; seatsLeft: number }[] }[];
  };
  const starts = days
    .slice(-12)
    .flatMap(({ date, windows }) => windows.map(({ id, seatsLeft }) => ({ date, id, seatsLeft })))
    .filter(({ seatsLeft }) => seatsLeft > 0);
  for (const [index, phone] of phones.entries()) {
    const start = starts[index % starts.length];
    const answer = await request.post('/api/bookings', {
      headers: { Accept: 'application/json' },
      data: {
        ...MARKERS,
        service: service.id,
        ward: ward.code,
        date: start?.date,
        window: start?.id,
        phone,
        consent: 'yes',
      },
    });
    expect(answer.status()).toBe(201);
  }
  await expect
    .poll(async () => (await inbox.list()).filter(({ kind }) => kind === 'dispatch').length)
    .toBeGreaterThanOrEqual(10);

  const digits = phones.flatMap((phone) => [phone, phone.slice(1)]);
  const values = [...Object.values(MARKERS), ...digits];
  expect(findLeftovers(values, leftoverRoots(state, since))).toEqual([]);
});

test('finds a planted value in each encoding', () => {
  const state = process.env['HOUSE_STATE'] ?? '';
  const planted = path.join(state, `planted-${process.pid}`);
  for (const bytes of encodingsOf(MARKERS.name)) {
    writeFileSync(planted, `xx${bytes}yy`, 'latin1');
    expect(findLeftovers([MARKERS.name], [state])).toEqual([planted]);
  }
  rmSync(planted);
});
