import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { staffPath } from '../signing/staff-links.ts';
import { lockWindow } from '../store/seats.ts';
import { formOf, Visitor } from '../test/browser.ts';
import { NOW } from '../test/fixtures.ts';
import { count, readBooking, readDatabase, submitBooking } from '../test/records.ts';
import { staffSigning } from '../test/staff.ts';

const DAY = '2026-11-26';
const HOUSE = 've-sinh-nha-o';
const SOFA = 'giat-ghe-sofa';
/** Takes two windows. */
const SITE = 've-sinh-sau-xay-dung';

/** A confirmed visit, whose page staff have with its details open. */
async function arrange(fields: Record<string, string> = {}) {
  const { id } = await submitBooking({ service: SOFA, quantity: '2', window: 'sang', ...fields });
  await env.DB.prepare("update bookings set state = 'confirmed' where id = ?").bind(id).run();
  const path = await staffPath(staffSigning(), await readBooking(id));
  const staff = new Visitor(NOW);
  await staff.follow(formOf(await staff.open(path), 'open'), { sure: 'yes' });
  const correct = async (values: Record<string, string>) =>
    staff.follow(formOf(await staff.open(path), 'services'), values);
  return { id, path, staff, correct };
}

async function seatsOf(id: string): Promise<string[]> {
  const { results } = await env.DB.prepare(
    'select arrival_window as w from seats where booking_id = ? order by w',
  )
    .bind(id)
    .all<{ w: string }>();
  return results.map(({ w }) => w);
}

describe('staff put the services of a visit right', () => {
  test('one more is done in the windows after it, whose seats it takes; one fewer gives them back', async () => {
    const { id, correct } = await arrange();
    const seats = await seatsOf(id);
    const before = await readBooking(id);
    const page = await correct({ service: `${HOUSE},${SOFA}`, [`quantity.${HOUSE}`]: '80' });
    expect([page.status, page.words.includes('Giặt ghế sofa tại nhà')]).toEqual([200, true]);
    const longer = await readBooking(id);
    expect(longer).toMatchObject({
      services: [
        { id: HOUSE, quantity: 80 },
        { id: SOFA, quantity: 2 },
      ],
      version: before.version + 1,
      visitStartsAt: before.visitStartsAt,
    });
    expect(longer.visitEndsAt.getTime()).toBeGreaterThan(before.visitEndsAt.getTime());
    expect((await seatsOf(id)).length).toBe(seats.length + 1);
    const told = `channel = 'dispatch' and version = ${longer.version}`;
    expect(await count('deliveries', told)).toBe(1);
    await correct({ service: SOFA });
    expect(await readBooking(id)).toMatchObject({
      services: [{ id: SOFA, quantity: 2 }],
      visitEndsAt: before.visitEndsAt,
    });
    expect(await seatsOf(id)).toEqual(seats);
  });

  test('another of the same length keeps its seat, also where the window was locked since', async () => {
    const { id, correct } = await arrange();
    const seats = await seatsOf(id);
    await lockWindow(env.DB, { date: DAY, window: 'sang' }, NOW);
    await correct({ service: HOUSE, [`quantity.${HOUSE}`]: '45,5' });
    expect((await readBooking(id)).services).toEqual([{ id: HOUSE, quantity: 45.5, answers: {} }]);
    expect(await seatsOf(id)).toEqual(seats);
  });

  test.each([
    ['the day is too short after it', { window: 'chieu-muon' }, 'không đủ. Đổi ngày giờ trước'],
    ['the window after it is locked', {}, 'đã hết chỗ nên không đủ giờ'],
  ])('changes nothing and says why where %s', async (_, fields, words) => {
    const { id, correct } = await arrange(fields);
    await lockWindow(env.DB, { date: DAY, window: 'chieu' }, NOW);
    const before = await readDatabase();
    const page = await correct({ service: SITE });
    expect(page.status).toBeGreaterThanOrEqual(409);
    expect(page.words).toContain(words);
    expect(await readDatabase()).toBe(before);
    expect((await seatsOf(id)).length).toBeGreaterThan(0);
  });

  test('none, four, a wrong size and closed details change nothing', async () => {
    const { path, staff, correct } = await arrange();
    const form = formOf(await staff.open(path), 'services');
    const before = await readDatabase();
    expect((await correct({ service: '' })).words).toContain('Anh/chị chưa chọn dịch vụ.');
    expect((await correct({ [`quantity.${SOFA}`]: 'hai' })).status).toBe(422);
    expect((await correct({ service: 'khong-co' })).status).toBe(422);
    expect((await new Visitor(NOW).submit(form, { service: HOUSE })).status).toBe(422);
    expect(await readDatabase()).toBe(before);
  });
});
