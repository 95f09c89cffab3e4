import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { fromVietnam } from '../../shared/time.ts';
import { submitBooking } from '../test/records.ts';
import { runTasks } from '../test/tasks.ts';
import { keepPhoto, listPhotos, openPhotos } from './photo-store.ts';

const MONDAY = '2026-11-23';
const PHOTO = {
  by: 'customer',
  side: 'customer',
  width: 40,
  height: 20,
  at: fromVietnam(MONDAY, '09:00'),
  bytes: new TextEncoder().encode('a picture'),
} as const;

async function putPhotos(count: number): Promise<{ id: string; code: string }> {
  const booking = await submitBooking({ note: String(count) });
  for (let at = 0; at < count; at += 1) {
    await keepPhoto(env, booking.id, { ...PHOTO, id: crypto.randomUUID() });
  }
  return booking;
}

test('the hourly run deletes pictures whose record is gone or erased, and leaves the others', async () => {
  const [kept, erased, gone] = [await putPhotos(1), await putPhotos(2), await putPhotos(3)];
  await env.DB.prepare('update bookings set erased_at = ?1 where id = ?2')
    .bind(fromVietnam(MONDAY, '08:00').toISOString(), erased.id)
    .run();
  await env.DB.prepare('delete from receipts where subject_id = ?').bind(gone.id).run();
  await env.DB.prepare('delete from bookings where id = ?').bind(gone.id).run();
  await runTasks(MONDAY, '10:00');
  const { objects } = await env.PHOTOS.list();
  expect(objects.map(({ key }) => key.split('/')[0])).toEqual([kept.id]);
});

test('the hourly run waits while a restored database follows the keys', async () => {
  const lost = await putPhotos(1);
  await env.DB.prepare('delete from receipts').run();
  await env.DB.prepare('delete from bookings').run();
  await env.DB.prepare(
    `insert into task_runs (task, ran_for, ran_at, result) values ('restore', ?1, ?1, '{"pending":1,"armed":0}')`,
  )
    .bind(fromVietnam(MONDAY, '09:30').toISOString())
    .run();
  await runTasks(MONDAY, '10:00');
  expect(await listPhotos(env, lost.id)).toHaveLength(1);
});

test('a picture opens only under its own name and with its record’s key', async () => {
  const { id } = await putPhotos(2);
  const [first, second] = await listPhotos(env, id);
  const object = await env.PHOTOS.get(`${id}/${first?.id}`);
  await env.PHOTOS.put(`${id}/${second?.id}`, (await object?.arrayBuffer()) ?? '');
  await expect(openPhotos(env, id, [second?.id ?? ''])).rejects.toThrow('ecryption failed');
  expect(await openPhotos(env, id, [first?.id ?? ''])).toHaveLength(1);
  await env.VAULT.delete(id);
  expect(await openPhotos(env, id, [first?.id ?? ''])).toBeNull();
});
