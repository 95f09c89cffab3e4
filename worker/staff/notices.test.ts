import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { later } from '../../shared/time.ts';
import { staffPath, weekPath } from '../signing/staff-links.ts';
import { formOf, Visitor } from '../test/browser.ts';
import { NOW } from '../test/fixtures.ts';
import { submitBooking, submitMessage } from '../test/records.ts';
import { staffSigning } from '../test/staff.ts';

/** Staff with the details of a record open. */
async function openRecord(record: { id: string; code: string }) {
  const path = await staffPath(staffSigning(), record);
  const staff = new Visitor(NOW);
  await staff.follow(formOf(await staff.open(path), 'open'), { sure: 'yes' });
  const act = async (name: string, values: Record<string, string>) =>
    staff.follow(formOf(await staff.open(path), name), values);
  return { staff, path, act };
}

test('each note about price and payment is said on top', async () => {
  const booking = await submitBooking();
  await env.DB.prepare("update bookings set state = 'confirmed'").run();
  const { act } = await openRecord(booking);
  const steps: [string, Record<string, string>, string][] = [
    ['price', { amount: '500k', covers: '' }, 'Đã ghi giá.'],
    ['agreePhone', {}, 'Đã ghi khách đồng ý giá.'],
    ['pay', { paid: '200k', method: 'cash' }, 'Đã ghi tiền đã nhận.'],
    ['undoPay', { reason: '1' }, 'Đã bỏ một lần ghi tiền.'],
  ];
  for (const [name, values, words] of steps) {
    expect((await act(name, values)).words).toContain(words);
  }
});

test('the page of a message says what was done, and leads back to the week and to the job that it names', async () => {
  const booking = await submitBooking();
  const message = await submitMessage({ kind: 'complaint', code: booking.code });
  const { staff, path, act } = await openRecord(message);
  const stranger = await new Visitor(NOW).open(path);
  expect(stranger.text).not.toMatch(/\/viec\/lich\/|\/viec\/[A-Z]+-[^"]*\.[^"]*\.[^"]*\//);
  const page = await staff.open(path);
  const [week = ''] = /\/viec\/lich\/[^"]+/.exec(page.text) ?? [];
  expect((await staff.open(week)).status).toBe(200);
  const [job = ''] = new RegExp(`/viec/${booking.code}\\.[^"]+`).exec(page.text) ?? [];
  expect((await staff.open(job)).words).toContain(booking.code);
  expect((await act('answer', {})).words).toContain('Đã ghi đã trả lời.');
  expect((await act('close', {})).words).toContain('Đã kết thúc.');
});

test('the week says until when its own link opens it', async () => {
  const staff = new Visitor(NOW);
  const end = later(NOW, { hours: 5 });
  expect((await staff.open(await weekPath(staffSigning(), end))).words).toMatch(
    /Đường dẫn này dùng được đến\s+Thứ Hai, 23\/11\/2026, 14:00/,
  );
});
