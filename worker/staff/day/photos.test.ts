import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { fromVietnam } from '../../../shared/time.ts';
import { listPhotos } from '../../personal-data/photo-store.ts';
import { customerPath } from '../../signing/links.ts';
import { dayPath } from '../../signing/staff-links.ts';
import { readLinkKeys } from '../../signing/tokens.ts';
import { formOf, Visitor } from '../../test/browser.ts';
import { crewLink, useCrews } from '../../test/crews.ts';
import { NOW } from '../../test/fixtures.ts';
import { picture } from '../../test/pictures.ts';
import { count, submitBooking } from '../../test/records.ts';
import { send } from '../../test/requests.ts';
import { staffSigning } from '../../test/staff.ts';

useCrews();
const DAY = '2026-11-26';
const ON_DAY = fromVietnam(DAY, '09:00');

/** A job of the first crew, with an answer of the address for its crew's pictures. */
async function arrange() {
  const job = await submitBooking({}, { origin: 'phone' });
  await env.DB.prepare("update bookings set state = 'confirmed', crew = 'doi-1'").run();
  const link = await crewLink('doi-1', DAY);
  const add = (moment: string, { path = link, now = ON_DAY, id = job.id } = {}) => {
    const body = new FormData();
    body.append('moment', moment);
    body.append('photo', new File([picture('png')], 'a.png'));
    const headers = { Accept: 'application/json' };
    return send(`${path}anh/?job=${id}`, { method: 'POST', headers, body }, { now });
  };
  return { job, link, add };
}

test('a crew sends six pictures of its own job, which the customer sees and deletes', async () => {
  const { job, link, add } = await arrange();
  expect((await add('before')).status).toBe(201);
  for (let at = 0; at < 5; at += 1) expect((await add('after')).status).toBe(201);
  expect((await add('after')).status).toBe(422);
  const kept = await listPhotos(env, job.id);
  expect(kept.map(({ by, side }) => `${side} ${by}`).toSorted()).toEqual([
    ...Array<string>(5).fill('crew after'),
    'crew before',
  ]);

  const crew = new Visitor(ON_DAY);
  const opened = await crew.follow(formOf(await crew.open(link), 'open'), { sure: 'yes' });
  expect(opened.words).toContain('Trước khi làm, đội chụp');
  const href = `${link}anh/${kept[0]?.id}?job=${job.id}`;
  expect((await crew.open(href)).status).toBe(200);
  expect((await new Visitor(ON_DAY).open(href)).status).toBe(403);
  expect(await count('disclosures', "kind = 'photos'")).toBe(1);
  const remove = opened.forms.find(({ action }) => action.includes(`${kept[0]?.id}/xoa`));
  if (remove === undefined) throw new Error('no form');
  expect((await crew.submit(remove)).status).toBe(422);
  expect((await crew.follow(remove, { sure: 'yes' })).words).toContain('Đã xóa ảnh.');

  const customer = new Visitor(ON_DAY);
  const record = await customer.openAll(await customerPath(readLinkKeys(env.LINK_KEYS), job));
  const own = record.forms.filter(({ action }) => action.includes('/xoa'));
  expect(own).toHaveLength(5);
  const [first] = own;
  if (first === undefined) throw new Error('no form');
  expect((await customer.submit(first, { sure: 'yes' })).status).toBe(303);
  expect(await listPhotos(env, job.id)).toHaveLength(4);
});

test('nothing is taken or shown by another crew, of another job, on another day, by the link of staff', async () => {
  const { job, link, add } = await arrange();
  const other = await submitBooking({ phone: '0913 000 111', window: 'chieu' });
  await env.DB.prepare("update bookings set state = 'confirmed' where id = ?").bind(other.id).run();
  const tries = {
    'another crew': { path: await crewLink('doi-2', DAY) },
    'another job': { id: other.id },
    'no job': { id: '' },
    'before the day': { now: NOW },
    'after midnight': { now: fromVietnam('2026-11-27', '00:00') },
    'by staff': { path: await dayPath(staffSigning(ON_DAY), DAY) },
  };
  const statuses: Record<string, number> = {};
  for (const [name, options] of Object.entries(tries)) {
    statuses[name] = (await add('after', options)).status;
  }
  expect(statuses).toEqual({
    ...{ 'another crew': 404, 'another job': 404, 'no job': 404 },
    ...{ 'before the day': 409, 'after midnight': 403, 'by staff': 404 },
  });
  expect(await listPhotos(env, job.id)).toEqual([]);
  const crew = new Visitor(NOW);
  expect((await crew.open(link)).text).not.toContain('type="file"');
});
