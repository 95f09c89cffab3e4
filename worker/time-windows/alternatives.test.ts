import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { bookingRules } from '../../shared/content/catalogue';
import { addDays, toVietnamDate } from '../../shared/time';
import { weekPath } from '../signing/staff-links.ts';
import { staffSigning } from '../test/staff.ts';
import { Visitor } from '../test/browser';
import { lockWindow } from '../store/seats';
import { bookingFields, NOW } from '../test/fixtures';
import { postForm, postJson } from '../test/requests';

const PATH = '/api/bookings';
const wanted = bookingFields({ date: '2026-12-01', window: 'sang' });
const horizon = addDays(toVietnamDate(NOW), bookingRules.horizonDays);

interface Problem {
  status: number;
  detail: string;
  alternatives?: { date: string; window: string }[];
}

/** Locks every window between two days, besides those to be kept as `<date>/<window>`. */
async function lockAll(from: string, to: string, except: readonly string[] = []): Promise<void> {
  for (let date = from; date <= to; date = addDays(date, 1)) {
    for (const { id } of bookingRules.windows) {
      if (!except.includes(`${date}/${id}`)) await lockWindow(env.DB, { date, window: id }, NOW);
    }
  }
}

async function askJson(): Promise<Problem> {
  return (await postJson(PATH, wanted)).json();
}

test('looks for another window as far as the calendar goes, and the page begins there', async () => {
  await lockAll('2026-11-23', '2026-12-31');
  const problem = await askJson();
  expect(problem.status).toBe(409);
  expect(problem.alternatives?.[0]).toEqual({ date: '2027-01-02', window: 'sang-som' });
  const page = await (await postForm(PATH, wanted)).text();
  expect(page).toContain('href="#slot-2027-01-02-sang-som"');
  expect(page).toContain('id="slot-2027-01-02-sang-som"');
});

test('offers an earlier day where no later one is free', async () => {
  await lockAll('2026-12-01', horizon);
  expect((await askJson()).alternatives?.[0]?.date).toBe('2026-11-24');
});

test('offers nothing that the page does not show', async () => {
  await lockAll('2026-11-23', horizon, ['2026-12-03/sang', '2026-12-09/chieu', '2026-12-10/sang']);
  expect((await askJson()).alternatives).toEqual([
    { date: '2026-12-03', window: 'sang' },
    { date: '2026-12-09', window: 'chieu' },
  ]);
});

test('says to call where nothing is free at all', async () => {
  await lockAll('2026-11-23', horizon);
  const problem = await askJson();
  expect(problem).toMatchObject({ status: 409, alternatives: [] });
  expect(problem.detail).toContain('không còn khung giờ nào trống');
  expect(problem.detail).not.toContain('chọn một khung giờ khác');
  const page = await (await postForm(PATH, wanted)).text();
  expect(page).toContain('không còn khung giờ nào trống');
  expect(page).toContain('value="Nguyễn Thị Hoa"');
});

test('says so to staff on the form for callers', async () => {
  await lockAll('2026-11-23', horizon);
  const me = new Visitor(NOW);
  const path = await weekPath(staffSigning());
  const [form] = (await me.open(`${path}them/`)).forms;
  if (form === undefined) throw new Error('no form');
  const full = await me.submit(form, { ...bookingFields(), slot: '2026-12-01/sang' });
  expect(full.status).toBe(409);
  expect(full.text).toContain('<title>Lỗi: ');
  expect(full.words).toContain('không còn khung giờ nào trống');
});
